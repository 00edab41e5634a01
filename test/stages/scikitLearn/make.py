# Makes normalize.jsonl, with scikit-learn 1.9: python make.py > normalize.jsonl
import json
import numpy as np
from sklearn.model_selection import KFold, StratifiedKFold
from sklearn.preprocessing import QuantileTransformer, RobustScaler, TargetEncoder

r = np.random.default_rng(5)
tables = {
    "ties": np.c_[r.integers(0, 6, 60), np.round(r.exponential(2, 60), 1), np.full(60, 4)],
    "amounts": np.c_[np.round(r.lognormal(3, 2, 47), 3), np.round(r.normal(0, 1, 47), 4), np.round(r.uniform(-1e-6, 1e-6, 47), 9)],
    "two rows": np.array([[1.0, 2.0], [3.0, 2.0]]),
}
scalers = []
for name, x in tables.items():
    lowest, highest = x.min(axis=0), x.max(axis=0)
    other = np.vstack([x[:4] + 0.03, lowest - 2, highest + 2, lowest + 1e-8, (lowest + highest) / 2])
    for distribution in ["uniform", "normal"]:
        for quantiles in [1000, 11, 4]:
            q = QuantileTransformer(n_quantiles=min(quantiles, len(x)), output_distribution=distribution).fit(x)
            settings = {"outputDistribution": distribution, "quantiles": quantiles}
            scalers.append(dict(id=name, kind="quantile", settings=settings, X=x.tolist(), other=other.tolist(),
                                transformed=q.transform(x).tolist(), otherTransformed=q.transform(other).tolist()))
    for low, high, unit in [(25, 75, False), (10, 95, False), (25, 75, True)]:
        q = RobustScaler(quantile_range=(low, high), unit_variance=unit).fit(x)
        settings = {"quantiles": [low / 100, high / 100], "unitVariance": unit}
        scalers.append(dict(id=name, kind="robust", settings=settings, X=x.tolist(), other=other.tolist(),
                            transformed=q.transform(x).tolist(), otherTransformed=q.transform(other).tolist()))
x = np.array([[-0.999, 0.0, 1e-12], [1.0, -0.5, -1e-9], [1e300, 1e-300, 12345.678]])
scalers.append(dict(id="ends", kind="log1p", settings={}, X=x.tolist(), other=x.tolist(), transformed=np.log1p(x).tolist(),
                    otherTransformed=np.log1p(x).tolist()))

rows = 53
city = r.choice(["Bern", "Graz", "Linz", "Rom", "Wien"], rows, p=[0.4, 0.3, 0.2, 0.06, 0.04])
size = r.choice(["l", "m", "s"], rows)
size[7] = "xl"
X = np.c_[city, size].astype(object)
other = np.array([["Bern", "s"], ["Oslo", "m"], ["Wien", "xl"], ["Oslo", "xxl"]], dtype=object)
score = r.normal(0, 1, rows) + (city == "Bern")
targets = {
    "binary": np.where(score > 0.5, "yes", "no"),
    "multiclass": np.where(score > 1, "high", np.where(score > 0, "low", "middle")),
    "continuous": np.round(10 + 3 * score, 3),
}
encoders = []
for name, y in targets.items():
    for smooth, folds in [("auto", 5), (0.0, 5), (3.5, 3)]:
        cv = (KFold if name == "continuous" else StratifiedKFold)(folds)
        e = TargetEncoder(smooth=smooth, cv=cv)
        crossFitted = e.fit_transform(X, y)
        encoders.append(dict(id=name, kind="targetEncode", settings={"smoothing": smooth, "folds": folds, "shuffle": False}, X=X.tolist(), y=y.tolist(),
                             other=other.tolist(), mean=np.atleast_1d(e.target_mean_).tolist(), crossFitted=crossFitted.tolist(),
                             features=e.get_feature_names_out(["city", "size"]).tolist(), transformed=e.transform(other).tolist()))


def short(value, digits):
    if isinstance(value, dict):
        return {k: short(v, digits if k in ("X", "other", "y", "settings") else 10) for k, v in value.items()}
    if isinstance(value, list):
        return [short(v, digits) for v in value]
    return float(f"{value:.{digits}g}") if isinstance(value, float) else value


for case in scalers + encoders:
    print(json.dumps(short(case, 17), separators=(",", ":")))
