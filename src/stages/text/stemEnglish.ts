// The Snowball stemmer for English, also called Porter2, as of Snowball 3.1 (https://snowballstem.org/algorithms/english/stemmer.html).
// It maps the forms of a word to one stem, which need not be a word. In here "Y" is a y that is a consonant.

/** Words that the rules would get wrong. */
const exceptions = new Map(
  Object.entries({
    skis: "ski",
    skies: "sky",
    idly: "idl",
    gently: "gentl",
    ugly: "ugli",
    early: "earli",
    only: "onli",
    singly: "singl",
    sky: "sky",
    news: "news",
    howe: "howe",
    atlas: "atlas",
    cosmos: "cosmos",
    bias: "bias",
    andes: "andes",
  }),
);

/** Beginnings after which R1 starts, so that general and generous, or universe and university, stay apart. */
const beginnings = /^(?:arsen|commun|emerg|gener|inter|later|organ|past|univers)/;
const region = /[aeiouy]+[^aeiouy]/g;

/** Ends in a short syllable: a vowel between consonants, or at the start of a word of two letters. */
const shortSyllable = /(?:[^aeiouy][aeiouy][^aeiouywxY]|^[aeiouy][^aeiouy]|past)$/;
const vowel = /[aeiouy]/;

type Replacement = readonly [suffix: string, by: string, after?: RegExp];

const longestFirst = (...list: readonly Replacement[]): readonly Replacement[] => list.toSorted(([a], [b]) => b.length - a.length);

const step2 = longestFirst(
  ["tional", "tion"],
  ["enci", "ence"],
  ["anci", "ance"],
  ["abli", "able"],
  ["entli", "ent"],
  ["izer", "ize"],
  ["ization", "ize"],
  ["ational", "ate"],
  ["ation", "ate"],
  ["ator", "ate"],
  ["alism", "al"],
  ["aliti", "al"],
  ["alli", "al"],
  ["fulness", "ful"],
  ["fulli", "ful"],
  ["ousli", "ous"],
  ["ousness", "ous"],
  ["iveness", "ive"],
  ["iviti", "ive"],
  ["biliti", "ble"],
  ["bli", "ble"],
  ["ogist", "og"],
  ["ogi", "og", /l$/],
  ["lessli", "less"],
  ["li", "", /[cdeghkmnrt]$/],
);

const step3 = longestFirst(
  ["tional", "tion"],
  ["ational", "ate"],
  ["alize", "al"],
  ["icate", "ic"],
  ["iciti", "ic"],
  ["ical", "ic"],
  ["ful", ""],
  ["ness", ""],
);

/** Belongs to step 3, but looks at R2. */
const ative: readonly Replacement[] = [["ative", ""]];

const step4 = longestFirst(
  ...["al", "ance", "ence", "er", "ic", "able", "ible", "ant", "ement", "ment", "ent", "ism", "ate", "iti", "ous", "ive", "ize"].map(
    (suffix): Replacement => [suffix, ""],
  ),
  ["ion", "", /[st]$/],
);

/** The stem of a word in lower case, apostrophes as '. Words of one or two letters, and of other alphabets, are their own stems. */
export function stemEnglish(word: string): string {
  const exception = exceptions.get(word);
  if (exception !== undefined) return exception;
  if (word.length < 3) return word;
  const marked = word
    .replace(/^'/, "")
    .replace(/^y/, "Y")
    .replace(/([aeiouy])y/g, "$1Y");
  const r1 = beginnings.exec(marked)?.[0].length ?? regionAfter(marked, 0);
  const r2 = regionAfter(marked, r1);
  let stem = participle(plural(marked), r1);
  stem = stem.replace(/(?<=.[^aeiouy])[yY]$/, "i");
  stem = replaceSuffix(stem, step2, r1);
  stem = stem.endsWith("ative") ? replaceSuffix(stem, ative, r2) : replaceSuffix(stem, step3, r1);
  stem = replaceSuffix(stem, step4, r2);
  return finalLetter(stem, r1, r2).replaceAll("Y", "y");
}

/** Where the part after the first consonant that follows a vowel begins; the length of the word where there is none. */
function regionAfter(word: string, from: number): number {
  region.lastIndex = from;
  return region.test(word) ? region.lastIndex : word.length;
}

/** Step 0 and 1a: 's, and the s of plurals. */
function plural(word: string): string {
  const bare = word.replace(/(?:'s'|'s|')$/, "");
  if (bare.endsWith("sses")) return bare.slice(0, -2);
  if (/ie[sd]$/.test(bare)) return bare.slice(0, bare.length > 4 ? -2 : -1);
  if (/(?:us|ss)$/.test(bare)) return bare;
  return /[aeiouy].+s$/.test(bare) ? bare.slice(0, -1) : bare;
}

/** Step 1b: -ed and -ing, and the letter that they took from the word or doubled. */
function participle(word: string, r1: number): string {
  const suffix = /(?:eed|ed|ing)(?:ly)?$/.exec(word)?.[0];
  if (suffix === undefined) return word;
  const start = word.slice(0, -suffix.length);
  if (suffix.startsWith("eed")) return start.length < r1 || /^(?:succ|proc|exc)$/.test(start) ? word : `${start}ee`;
  if (suffix === "ing") {
    if (/^[^aeiouy]y$/.test(start)) return `${start.slice(0, 1)}ie`;
    if (/^(?:even|cann|inn|earr|herr|out)$/.test(start)) return word;
  }
  if (!vowel.test(start)) return word;
  if (/(?:at|bl|iz)$/.test(start)) return `${start}e`;
  if (/(?:bb|dd|ff|gg|mm|nn|pp|rr|tt)$/.test(start)) return /^[aeo]..$/.test(start) ? start : start.slice(0, -1);
  return start.length === r1 && shortSyllable.test(start) ? `${start}e` : start;
}

/** The longest suffix that the word has decides; it is replaced if it lies in the region and what stands before it fits. */
function replaceSuffix(word: string, replacements: readonly Replacement[], from: number): string {
  const found = replacements.find(([suffix]) => word.endsWith(suffix));
  if (found === undefined) return word;
  const [suffix, by, after] = found;
  const start = word.slice(0, word.length - suffix.length);
  return start.length >= from && (after?.test(start) ?? true) ? start + by : word;
}

/** Step 5: a last e, or the second of two l. */
function finalLetter(word: string, r1: number, r2: number): string {
  const start = word.slice(0, -1);
  if (word.endsWith("e")) return start.length >= r2 || (start.length >= r1 && !shortSyllable.test(start)) ? start : word;
  return word.endsWith("ll") && start.length >= r2 ? start : word;
}
