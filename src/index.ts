// The public names, in the order in which data flows.

// source
export { arrays } from "./data/arrays.ts";
export { idx } from "./data/idx.ts";
export { images } from "./data/images.ts";
export { imdb } from "./data/imdb.ts";
export { jsonl } from "./data/jsonl.ts";
export { lines } from "./data/lines.ts";
export { fashionMnist, mnist } from "./data/mnist.ts";
export { nextCharacters, tinyShakespeare } from "./data/nextCharacters.ts";
export { rtPolarity } from "./data/rtPolarity.ts";
export { strokes } from "./data/strokes.ts";
export { textFolder } from "./data/textFolder.ts";
export { PipelineError } from "./errors.ts";
// model
export { elu, leakyRelu } from "./nn/activations.ts";
export { constant } from "./nn/initializers/constant.ts";
export { orthogonal } from "./nn/initializers/orthogonal.ts";
export { randomNormal } from "./nn/initializers/randomNormal.ts";
export { randomUniform } from "./nn/initializers/randomUniform.ts";
export { truncatedNormal } from "./nn/initializers/truncatedNormal.ts";
export { varianceScaling } from "./nn/initializers/varianceScaling.ts";
export { activation } from "./nn/layers/activation.ts";
export { bidirectional } from "./nn/layers/bidirectional.ts";
export { concatenate } from "./nn/layers/concatenate.ts";
export { dense } from "./nn/layers/dense.ts";
export { dropout } from "./nn/layers/dropout.ts";
export { embedding } from "./nn/layers/embedding.ts";
export { flatten } from "./nn/layers/flatten.ts";
export { globalAveragePooling1d } from "./nn/layers/globalAveragePooling1d.ts";
export { globalMaxPooling1d } from "./nn/layers/globalMaxPooling1d.ts";
export { lstm } from "./nn/layers/lstm.ts";
export { reshape } from "./nn/layers/reshape.ts";
export { residual } from "./nn/layers/residual.ts";
export { timeDistributed } from "./nn/layers/timeDistributed.ts";
// train
export { binaryCrossentropy, categoricalCrossentropy, huber } from "./nn/losses/index.ts";
// evaluate
export { averagePrecision } from "./nn/metrics/averagePrecision.ts";
export { binaryAccuracy } from "./nn/metrics/binaryAccuracy.ts";
export { f1 } from "./nn/metrics/f1.ts";
export { precision } from "./nn/metrics/precision.ts";
export { expectedCalibrationError } from "./nn/metrics/probabilities.ts";
export { recall } from "./nn/metrics/recall.ts";
export { rocAuc } from "./nn/metrics/rocAuc.ts";
export { topK } from "./nn/metrics/topK.ts";
export { adam, adamW } from "./nn/optimizers/adam.ts";
export { rmsprop } from "./nn/optimizers/rmsprop.ts";
export { sgd } from "./nn/optimizers/sgd.ts";
export { l1, l1l2, l2 } from "./nn/regularizers.ts";
export { cosineDecay } from "./nn/schedules/cosineDecay.ts";
export { cosineDecayRestarts } from "./nn/schedules/cosineDecayRestarts.ts";
export { earlyStopping } from "./nn/schedules/earlyStopping.ts";
export { exponentialDecay } from "./nn/schedules/exponentialDecay.ts";
export { inverseTimeDecay } from "./nn/schedules/inverseTimeDecay.ts";
export { oneCycle } from "./nn/schedules/oneCycle.ts";
export { piecewiseConstantDecay } from "./nn/schedules/piecewiseConstantDecay.ts";
export { reduceOnPlateau } from "./nn/schedules/plateau.ts";
export { polynomialDecay } from "./nn/schedules/polynomialDecay.ts";
export { stepDecay } from "./nn/schedules/stepDecay.ts";
// the pipeline itself
export { type EvaluateSettings, type Pipeline, pipeline, type TrainSettings } from "./pipeline/define.ts";
export type * from "./pipeline/events.ts";
export type { AsyncRun } from "./pipeline/iterate.ts";
export type { RunOptions } from "./pipeline/options.ts";
export type { Explanation, Prediction } from "./pipeline/prediction.ts";
export type { TrainedModel } from "./pipeline/trainedModel.ts";
export { crop } from "./stages/augment/crop.ts";
export { cutout } from "./stages/augment/cutout.ts";
export { flip } from "./stages/augment/flip.ts";
export { noise } from "./stages/augment/noise.ts";
export { rotate } from "./stages/augment/rotate.ts";
export { shift } from "./stages/augment/shift.ts";
export { zoom } from "./stages/augment/zoom.ts";
// clean, normalize, augment
export { denoise } from "./stages/clean/denoise.ts";
export { dropDuplicates } from "./stages/clean/dropDuplicates.ts";
export { dropIncomplete } from "./stages/clean/dropIncomplete.ts";
export { fillMissing } from "./stages/clean/fillMissing.ts";
export { requireRange } from "./stages/clean/requireRange.ts";
export { requireShape } from "./stages/clean/requireShape.ts";
export { minMax } from "./stages/normalize/minMax.ts";
export { standardize } from "./stages/normalize/standardize.ts";
// text
export { bagOfWords } from "./stages/text/bagOfWords.ts";
export { encode } from "./stages/text/encode.ts";
export { normalizeText } from "./stages/text/normalizeText.ts";
export { pad } from "./stages/text/pad.ts";
export { removeNumbers } from "./stages/text/removeNumbers.ts";
export { removePunctuation } from "./stages/text/removePunctuation.ts";
export { removeStopwords } from "./stages/text/removeStopwords.ts";
export { removeUrls } from "./stages/text/removeUrls.ts";
export { stem } from "./stages/text/stem.ts";
export { stripHtml } from "./stages/text/stripHtml.ts";
export { tfidf } from "./stages/text/tfidf.ts";
export { tokenize } from "./stages/text/tokenize.ts";
export { vocabulary } from "./stages/text/vocabulary.ts";
export { type Capabilities, capabilities } from "./wasm/probe.ts";
