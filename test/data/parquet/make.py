# Makes the files beside it, with pyarrow 25: python make.py
from datetime import date, datetime, timezone
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

here = Path(__file__).parent
moment = datetime(2024, 2, 29, 12, 30, 15, 123456, tzinfo=timezone.utc)
table = pa.table(
    {
        "int32": pa.array([1, -2, None, 4], pa.int32()),
        "int64": pa.array([2**53 - 1, -(2**53 - 1), None, 0], pa.int64()),
        "uint64": pa.array([0, 1, 2, 3], pa.uint64()),
        "float": pa.array([1.5, None, float("nan"), -0.25], pa.float32()),
        "double": pa.array([0.1, 1e300, None, -1e-300], pa.float64()),
        "price": pa.array([Decimal("0.30"), Decimal("-12.34"), None, Decimal("9999999.99")], pa.decimal128(9, 2)),
        "wide": pa.array([Decimal("1.001"), Decimal("2.5"), Decimal("-3"), None], pa.decimal128(20, 3)),
        "when_ms": pa.array([moment, None, moment, moment], pa.timestamp("ms", "UTC")),
        "when_us": pa.array([moment, None, moment, moment], pa.timestamp("us")),
        "when_ns": pa.array([moment, None, moment, moment], pa.timestamp("ns")),
        "day": pa.array([date(1970, 1, 2), None, date(1969, 12, 31), date(2024, 2, 29)], pa.date32()),
        "flag": pa.array([True, False, None, True]),
        "city": pa.array(["Bern", "Zürich", None, "Bern"]).dictionary_encode(),
        "zip": pa.array(["01234", "3000", "", "NA"]),
        "home": pa.array([{"floor": 1, "name": "a"}, None, {"floor": None, "name": "b"}, {"floor": 3, "name": None}]),
        "tags": pa.array([["x"], [], None, ["y", "z"]]),
        "huge": pa.array([1, 2**53 + 1, 3, 4], pa.int64()),
        "says": pa.array(["no", "yes", "yes", "no"]),
    }
)
pq.write_table(table, here / "types.parquet", row_group_size=3, compression="snappy")
pq.write_table(table.select(["int32", "says"]), here / "zstd.parquet", compression="zstd")
