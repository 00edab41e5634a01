// count_correct          hits[r] = 1 where the greatest of prob[r] stands at labels[r], else 0
// count_correct_dense    hits[r] = 1 where the greatest of prob[r] and of target[r] stand at the same place, else 0
// count_correct_binary   hits[r] = the share of j where prob[r, j] > ½ and target[r, j] > ½ agree
// prob and target are [rows, cols] packed f32, hits [rows]; labels is [rows] of i32. Of equals the first counts as greatest.

export function count_correct_f32(hits: usize, prob: usize, labels: usize, rows: i32, cols: i32): void {
  for (let r = 0; r < rows; r++, hits += 4, labels += 4, prob += (<usize>cols) << 2) {
    store<f32>(hits, argmax(prob, cols) == load<i32>(labels) ? 1 : 0);
  }
}

export function count_correct_dense_f32(hits: usize, prob: usize, target: usize, rows: i32, cols: i32): void {
  const bytes = (<usize>cols) << 2;
  for (let r = 0; r < rows; r++, hits += 4, prob += bytes, target += bytes) {
    store<f32>(hits, argmax(prob, cols) == argmax(target, cols) ? 1 : 0);
  }
}

export function count_correct_binary_f32(hits: usize, prob: usize, target: usize, rows: i32, cols: i32): void {
  for (let r = 0; r < rows; r++, hits += 4) {
    let agree = 0;
    for (let j = 0; j < cols; j++, prob += 4, target += 4) {
      if (load<f32>(prob) > 0.5 == load<f32>(target) > 0.5) agree++;
    }
    store<f32>(hits, <f32>agree / <f32>cols);
  }
}

function argmax(x: usize, cols: i32): i32 {
  let best = 0;
  let most = load<f32>(x);
  for (let j = 1; j < cols; j++) {
    const v = load<f32>(x + ((<usize>j) << 2));
    if (v > most) {
      most = v;
      best = j;
    }
  }
  return best;
}
