// One line of `warp` for images of one channel, four pixels at a time: where all their neighbours lie inside, as on most of an
// image, those are read as pairs; elsewhere one by one, from the nearest place inside, and `fill` takes the place of the absent.
import { storeRow } from "../lanes/edge";
import { truncate } from "../lanes/truncate";

const TABLE = memory.data<f32>([-2, 4]);

export function grayLine(out: usize, image: usize, height: i32, width: i32, a: f32, cx: f32, d: f32, cy: f32, fill: f32): void {
  const mostX = f32x4.splat(<f32>(width + 1));
  const mostY = f32x4.splat(<f32>(height + 1));
  const lastX = i32x4.splat(width - 1);
  const lastY = i32x4.splat(height - 1);
  const least = v128.load32_splat(TABLE);
  const four = v128.load32_splat(TABLE, 4);
  const row = (<usize>width) << 2;
  let j = f32x4(0, 1, 2, 3);
  for (let left = row; <isize>left > 0; left -= 16) {
    // pmax(a, b) = a < b ? b : a and pmin(a, b) = b < a ? b : a: the first operand is what NaN becomes.
    const x = f32x4.pmin(mostX, f32x4.pmax(least, f32x4.add(f32x4.mul(f32x4.splat(a), j), f32x4.splat(cx))));
    const y = f32x4.pmin(mostY, f32x4.pmax(least, f32x4.add(f32x4.mul(f32x4.splat(d), j), f32x4.splat(cy))));
    const x0 = f32x4.floor(x);
    const y0 = f32x4.floor(y);
    const column = truncate(x0);
    const line = truncate(y0);
    const fx = f32x4.sub(x, x0);
    const fy = f32x4.sub(y, y0);
    if (i32x4.all_true(v128.and(i32x4.lt_u(column, lastX), i32x4.lt_u(line, lastY)))) {
      storeRow(out, inner(image, row, i32x4.add(i32x4.mul(line, i32x4.splat(width)), column), fx, fy), left);
    } else {
      storeRow(out, border(image, width, line, column, lastY, lastX, fx, fy, f32x4.splat(fill)), left);
    }
    out += 16;
    j = f32x4.add(j, four);
  }
}

function inner(image: usize, row: usize, at: v128, fx: v128, fy: v128): v128 {
  const p0 = image + ((<usize>i32x4.extract_lane(at, 0)) << 2);
  const p1 = image + ((<usize>i32x4.extract_lane(at, 1)) << 2);
  const p2 = image + ((<usize>i32x4.extract_lane(at, 2)) << 2);
  const p3 = image + ((<usize>i32x4.extract_lane(at, 3)) << 2);
  const upper01 = v128.load64_lane(p1, v128.load64_zero(p0), 1);
  const upper23 = v128.load64_lane(p3, v128.load64_zero(p2), 1);
  const lower01 = v128.load64_lane(p1 + row, v128.load64_zero(p0 + row), 1);
  const lower23 = v128.load64_lane(p3 + row, v128.load64_zero(p2 + row), 1);
  const upper = mix(v128.shuffle<i32>(upper01, upper23, 0, 2, 4, 6), v128.shuffle<i32>(upper01, upper23, 1, 3, 5, 7), fx);
  const lower = mix(v128.shuffle<i32>(lower01, lower23, 0, 2, 4, 6), v128.shuffle<i32>(lower01, lower23, 1, 3, 5, 7), fx);
  return mix(upper, lower, fy);
}

function border(image: usize, width: i32, line: v128, column: v128, lastY: v128, lastX: v128, fx: v128, fy: v128, fill: v128): v128 {
  const zero = i32x4.splat(0);
  const minusOne = i32x4.splat(-1); // all ones, which cost nothing to make
  const right = i32x4.sub(column, minusOne);
  const below = i32x4.sub(line, minusOne);
  const x0 = i32x4.max_s(i32x4.min_s(column, lastX), zero);
  const x1 = i32x4.max_s(i32x4.min_s(right, lastX), zero);
  const y0 = i32x4.max_s(i32x4.min_s(line, lastY), zero);
  const y1 = i32x4.max_s(i32x4.min_s(below, lastY), zero);
  const hasLeft = i32x4.eq(x0, column);
  const hasRight = i32x4.eq(x1, right);
  const hasTop = i32x4.eq(y0, line);
  const hasBottom = i32x4.eq(y1, below);
  const columns = i32x4.splat(width);
  const top = i32x4.mul(y0, columns);
  const bottom = i32x4.mul(y1, columns);
  const p00 = v128.bitselect(gather(image, i32x4.add(top, x0)), fill, v128.and(hasTop, hasLeft));
  const p01 = v128.bitselect(gather(image, i32x4.add(top, x1)), fill, v128.and(hasTop, hasRight));
  const p10 = v128.bitselect(gather(image, i32x4.add(bottom, x0)), fill, v128.and(hasBottom, hasLeft));
  const p11 = v128.bitselect(gather(image, i32x4.add(bottom, x1)), fill, v128.and(hasBottom, hasRight));
  return mix(mix(p00, p01, fx), mix(p10, p11, fx), fy);
}

function gather(image: usize, at: v128): v128 {
  let v = v128.load32_zero(image + ((<usize>i32x4.extract_lane(at, 0)) << 2));
  v = v128.load32_lane(image + ((<usize>i32x4.extract_lane(at, 1)) << 2), v, 1);
  v = v128.load32_lane(image + ((<usize>i32x4.extract_lane(at, 2)) << 2), v, 2);
  return v128.load32_lane(image + ((<usize>i32x4.extract_lane(at, 3)) << 2), v, 3);
}

function mix(a: v128, b: v128, t: v128): v128 {
  return f32x4.add(a, f32x4.mul(t, f32x4.sub(b, a)));
}
