// The public names, in the order in which data flows.

// source
export { arrays } from "./data/arrays.ts";
export { csv } from "./data/csv.ts";
export { idx } from "./data/idx.ts";
export { images } from "./data/images.ts";
export { imdb } from "./data/imdb.ts";
export { json } from "./data/json.ts";
export { jsonl } from "./data/jsonl.ts";
export { lines } from "./data/lines.ts";
export { fashionMnist, mnist } from "./data/mnist.ts";
export { nextCharacters, tinyShakespeare } from "./data/nextCharacters.ts";
export { parquet } from "./data/parquet.ts";
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
export { gru } from "./nn/layers/gru.ts";
export { lstm } from "./nn/layers/lstm.ts";
export { reshape } from "./nn/layers/reshape.ts";
export { residual } from "./nn/layers/residual.ts";
export { simpleRnn } from "./nn/layers/simpleRnn.ts";
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
export {
  type AugmentDescriptor,
  type CleanDescriptor,
  type EvaluateSettings,
  type NormalizeDescriptor,
  type Pipeline,
  pipeline,
  type SourceDescriptor,
  type TrainSettings,
} from "./pipeline/define.ts";
export type * from "./pipeline/events.ts";
export type { GenerateOptions } from "./pipeline/generate.ts";
export type { ImportanceSettings } from "./pipeline/importance.ts";
export type { AsyncRun } from "./pipeline/iterate.ts";
export type { RunOptions } from "./pipeline/options.ts";
export { PauseController, type PauseSignal } from "./pipeline/pause.ts";
export type { Explanation, Prediction } from "./pipeline/prediction.ts";
export type { TrainedModel } from "./pipeline/trainedModel.ts";
export { crop } from "./stages/augment/crop.ts";
export { cutout } from "./stages/augment/cutout.ts";
export { flip } from "./stages/augment/flip.ts";
export { jitter } from "./stages/augment/jitter.ts";
export { noise } from "./stages/augment/noise.ts";
export { rotate } from "./stages/augment/rotate.ts";
export { shift } from "./stages/augment/shift.ts";
export { zoom } from "./stages/augment/zoom.ts";
export { castTypes } from "./stages/clean/castTypes.ts";
export { clipOutliers } from "./stages/clean/clipOutliers.ts";
// clean, normalize, augment
export { denoise } from "./stages/clean/denoise.ts";
export { dropColumns } from "./stages/clean/dropColumns.ts";
export { dropConstant } from "./stages/clean/dropConstant.ts";
export { dropDuplicates } from "./stages/clean/dropDuplicates.ts";
export { dropIncomplete } from "./stages/clean/dropIncomplete.ts";
export { dropMissing } from "./stages/clean/dropMissing.ts";
export { dropOutliers } from "./stages/clean/dropOutliers.ts";
export { fillMissing } from "./stages/clean/fillMissing.ts";
export { type Condition, filterRows } from "./stages/clean/filterRows.ts";
export { fixLabels } from "./stages/clean/fixLabels.ts";
export { mapValues } from "./stages/clean/mapValues.ts";
export { parseMissing } from "./stages/clean/parseMissing.ts";
export { requireRange } from "./stages/clean/requireRange.ts";
export { requireSchema } from "./stages/clean/requireSchema.ts";
export { requireShape } from "./stages/clean/requireShape.ts";
export type { StandardSchema } from "./stages/clean/standardSchema.ts";
export { trimText } from "./stages/clean/trimText.ts";
export { log1p } from "./stages/normalize/log1p.ts";
export { minMax } from "./stages/normalize/minMax.ts";
export { oneHot } from "./stages/normalize/oneHot.ts";
export { ordinal } from "./stages/normalize/ordinal.ts";
export { quantile } from "./stages/normalize/quantile.ts";
export { robust } from "./stages/normalize/robust.ts";
export { standardize } from "./stages/normalize/standardize.ts";
export { targetEncode } from "./stages/normalize/targetEncode.ts";
export { anonymize } from "./stages/privacy/anonymize.ts";
export { checkAnonymity } from "./stages/privacy/checkAnonymity.ts";
export { findPersonalData } from "./stages/privacy/findPersonalData.ts";
export { oversample } from "./stages/resample/oversample.ts";
export { smote } from "./stages/resample/smote.ts";
export { undersample } from "./stages/resample/undersample.ts";
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
export { synonyms } from "./stages/text/synonyms.ts";
export { tfidf } from "./stages/text/tfidf.ts";
export { tokenize } from "./stages/text/tokenize.ts";
export { vocabulary } from "./stages/text/vocabulary.ts";
export { wordDropout } from "./stages/text/wordDropout.ts";
export { wordSwap } from "./stages/text/wordSwap.ts";
export { type Capabilities, capabilities } from "./wasm/probe.ts";
