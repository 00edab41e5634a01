// Every stage by its kind. A new stage is its file and one line here.
import type { Descriptor } from "../check.ts";
import { cropStage } from "./augment/crop.ts";
import { cutoutStage } from "./augment/cutout.ts";
import { flipStage } from "./augment/flip.ts";
import { noiseStage } from "./augment/noise.ts";
import { rotateStage } from "./augment/rotate.ts";
import { shiftStage } from "./augment/shift.ts";
import { zoomStage } from "./augment/zoom.ts";
import { castTypesStage } from "./clean/castTypes.ts";
import { clipOutliersStage } from "./clean/clipOutliers.ts";
import { denoiseStage } from "./clean/denoise.ts";
import { dropColumnsStage } from "./clean/dropColumns.ts";
import { dropConstantStage } from "./clean/dropConstant.ts";
import { dropDuplicatesStage } from "./clean/dropDuplicates.ts";
import { dropIncompleteStage } from "./clean/dropIncomplete.ts";
import { dropMissingStage } from "./clean/dropMissing.ts";
import { dropOutliersStage } from "./clean/dropOutliers.ts";
import { fillMissingStage } from "./clean/fillMissing.ts";
import { filterRowsStage } from "./clean/filterRows.ts";
import { fixLabelsStage } from "./clean/fixLabels.ts";
import { mapValuesStage } from "./clean/mapValues.ts";
import { parseMissingStage } from "./clean/parseMissing.ts";
import { requireRangeStage } from "./clean/requireRange.ts";
import { requireSchemaStage } from "./clean/requireSchema.ts";
import { requireShapeStage } from "./clean/requireShape.ts";
import { trimTextStage } from "./clean/trimText.ts";
import { log1pStage } from "./normalize/log1p.ts";
import { minMaxStage } from "./normalize/minMax.ts";
import { oneHotStage } from "./normalize/oneHot.ts";
import { ordinalStage } from "./normalize/ordinal.ts";
import { quantileStage } from "./normalize/quantile.ts";
import { robustStage } from "./normalize/robust.ts";
import { standardizeStage } from "./normalize/standardize.ts";
import { targetEncodeStage } from "./normalize/targetEncode.ts";
import { anonymizeStage } from "./privacy/anonymize.ts";
import { checkAnonymityStage } from "./privacy/checkAnonymity.ts";
import { findPersonalDataStage } from "./privacy/findPersonalData.ts";
import { oversampleStage } from "./resample/oversample.ts";
import { smoteStage } from "./resample/smote.ts";
import { undersampleStage } from "./resample/undersample.ts";
import type { AugmentStage, CleanStage, NormalizeStage } from "./stage.ts";
import { bagOfWordsStage } from "./text/bagOfWords.ts";
import { encodeStage } from "./text/encode.ts";
import { normalizeTextStage } from "./text/normalizeText.ts";
import { padStage } from "./text/pad.ts";
import { removeNumbersStage } from "./text/removeNumbers.ts";
import { removePunctuationStage } from "./text/removePunctuation.ts";
import { removeStopwordsStage } from "./text/removeStopwords.ts";
import { removeUrlsStage } from "./text/removeUrls.ts";
import { stemStage } from "./text/stem.ts";
import { stripHtmlStage } from "./text/stripHtml.ts";
import { synonymsStage } from "./text/synonyms.ts";
import { tfidfStage } from "./text/tfidf.ts";
import { tokenizeStage } from "./text/tokenize.ts";
import { vocabularyStage } from "./text/vocabulary.ts";
import { wordDropoutStage } from "./text/wordDropout.ts";
import { wordSwapStage } from "./text/wordSwap.ts";

const clean = {
  anonymize: anonymizeStage,
  castTypes: castTypesStage,
  checkAnonymity: checkAnonymityStage,
  clipOutliers: clipOutliersStage,
  denoise: denoiseStage,
  dropColumns: dropColumnsStage,
  dropConstant: dropConstantStage,
  dropDuplicates: dropDuplicatesStage,
  dropIncomplete: dropIncompleteStage,
  dropMissing: dropMissingStage,
  dropOutliers: dropOutliersStage,
  fillMissing: fillMissingStage,
  filterRows: filterRowsStage,
  findPersonalData: findPersonalDataStage,
  fixLabels: fixLabelsStage,
  mapValues: mapValuesStage,
  normalizeText: normalizeTextStage,
  parseMissing: parseMissingStage,
  removeNumbers: removeNumbersStage,
  removePunctuation: removePunctuationStage,
  removeStopwords: removeStopwordsStage,
  removeUrls: removeUrlsStage,
  requireRange: requireRangeStage,
  requireSchema: requireSchemaStage,
  requireShape: requireShapeStage,
  stem: stemStage,
  stripHtml: stripHtmlStage,
  tokenize: tokenizeStage,
  trimText: trimTextStage,
} satisfies Readonly<Record<string, CleanStage<Descriptor, unknown>>>;

const normalize = {
  bagOfWords: bagOfWordsStage,
  encode: encodeStage,
  log1p: log1pStage,
  minMax: minMaxStage,
  oneHot: oneHotStage,
  ordinal: ordinalStage,
  pad: padStage,
  quantile: quantileStage,
  robust: robustStage,
  standardize: standardizeStage,
  targetEncode: targetEncodeStage,
  tfidf: tfidfStage,
  vocabulary: vocabularyStage,
} satisfies Readonly<Record<string, NormalizeStage<Descriptor, unknown>>>;

const augment = {
  crop: cropStage,
  cutout: cutoutStage,
  flip: flipStage,
  noise: noiseStage,
  oversample: oversampleStage,
  rotate: rotateStage,
  shift: shiftStage,
  smote: smoteStage,
  synonyms: synonymsStage,
  undersample: undersampleStage,
  wordDropout: wordDropoutStage,
  wordSwap: wordSwapStage,
  zoom: zoomStage,
} satisfies Readonly<Record<string, AugmentStage<Descriptor>>>;

export type CleanKind = keyof typeof clean;
export type NormalizeKind = keyof typeof normalize;
export type AugmentKind = keyof typeof augment;

export const cleanStages: Readonly<Record<string, CleanStage<Descriptor, unknown>>> = clean;
export const normalizeStages: Readonly<Record<string, NormalizeStage<Descriptor, unknown>>> = normalize;
export const augmentStages: Readonly<Record<string, AugmentStage<Descriptor>>> = augment;
