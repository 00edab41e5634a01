// Where words begin and end, as Unicode's text segmentation has it (UAX #29, as `Intl.Segmenter` carries it out). Almost all text is
// ASCII, for which the rules are few: a scanner here knows them and is many times as quick. Words never reach over a space, so each
// piece between spaces is divided by itself, and only those with other characters need the segmenter.

const LETTER = 1;
const DIGIT = 2;
const UNDERSCORE = 3;
/** Inside a word between letters (:), between digits (, ;), or both (. '). */
const MID_LETTER = 4;
const MID_NUMBER = 5;
const MID_BOTH = 6;
const SPACE = 7;

const classes = new Uint8Array(128);
for (let c = 0; c < 128; c++) {
  const character = String.fromCharCode(c);
  if (/[a-z]/i.test(character)) classes[c] = LETTER;
  else if (/\d/.test(character)) classes[c] = DIGIT;
  else if (character === "_") classes[c] = UNDERSCORE;
  else if (character === ":") classes[c] = MID_LETTER;
  else if (character === "," || character === ";") classes[c] = MID_NUMBER;
  else if (character === "." || character === "'") classes[c] = MID_BOTH;
  else if (/\s/.test(character)) classes[c] = SPACE;
}

/** One language's rules everywhere: those of the machine's language would make a pipeline mean something else on another. */
const segmenter = new Intl.Segmenter("en", { granularity: "word" });

type Visit = (word: string, start: number) => void;

/** Calls `visit` with every word of the text, that is, every segment with a letter or a number in it, and where it begins. */
export function eachWord(text: string, visit: Visit): void {
  let i = 0;
  while (i < text.length) {
    const start = i;
    let other = 0;
    for (; i < text.length; i++) {
      const code = text.charCodeAt(i);
      if (code > 127) other = 1;
      else if (classes[code] === SPACE) break;
    }
    if (other === 1) eachSegment(text.slice(start, i), start, visit);
    else asciiWords(text, start, i, visit);
    i++;
  }
}

function eachSegment(piece: string, from: number, visit: Visit): void {
  for (const { segment, index, isWordLike } of segmenter.segment(piece)) if (isWordLike === true) visit(segment, from + index);
}

function asciiWords(text: string, from: number, to: number, visit: Visit): void {
  const classAt = (i: number): number => (i < to ? (classes[text.charCodeAt(i)] as number) : 0);
  let i = from;
  while (i < to) {
    const start = i;
    let kind = classAt(i);
    if (kind < LETTER || kind > UNDERSCORE) {
      i++;
      continue;
    }
    for (;;) {
      const next = classAt(i + 1);
      if (next >= LETTER && next <= UNDERSCORE) {
        kind = next;
        i++;
        continue;
      }
      const joins =
        kind === LETTER ? next === MID_LETTER || next === MID_BOTH : kind === DIGIT && (next === MID_NUMBER || next === MID_BOTH);
      if (!joins || classAt(i + 2) !== kind) break;
      i += 2;
    }
    i++;
    // One underscore alone is no word, though several are.
    if (i - start > 1 || kind !== UNDERSCORE) visit(text.slice(start, i), start);
  }
}
