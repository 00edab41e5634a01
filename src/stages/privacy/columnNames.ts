// What the name of a column says it holds, in English, German, French and Spanish; and whether its values could be that.
import type { PersonalKind } from "./patterns.ts";

/** `kundenNr`, `Straße` and `first_name` as "kunden nr", "strasse" and "first name". */
const plain = (name: string): string =>
  name
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replaceAll("ß", "ss")
    .replace(/(\p{Ll})(?=\p{Lu})/gu, "$1 ")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();

interface NamedKind {
  readonly kind: PersonalKind;
  readonly names: RegExp;
  /** A "telephone" of yes and no is none: most values must look like this. */
  readonly values: RegExp;
}

const word = /^(?=.*\p{L}{2}).{2,120}$/su;
const digits = (least: number): RegExp => new RegExp(`^(?:\\D*\\d){${least}}`);

const named: readonly NamedKind[] = [
  { kind: "email", names: /\be ?mails?\b|\b(?:mail|correo|courriel)\b/, values: /@/ },
  { kind: "ipAddress", names: /\bip(?: ?v ?[46])?(?: addr(?:ess)?| adresse)?$/, values: /^[\da-f]*[.:][\da-f.:]+$/i },
  {
    kind: "nationalId",
    names:
      /\b(?:ssn|social security|national id|national insurance|nino|tax(?:payer)? id|steuer ?(?:id|identifikationsnummer)|sozialversicherungsnummer|nir|securite sociale|seguridad social|dni|nie|nif|bsn|burgerservicenummer|aadhaa?r|cpf|passport|reisepass(?:nummer)?|personalausweis(?:nummer)?|passeport|pasaporte|driv(?:er|ing)s? licen[cs]e|fuhrerschein(?:nummer)?)\b/,
    values: digits(5),
  },
  {
    kind: "paymentCard",
    names:
      /\b(?:(?:credit|debit|payment) ?card|card (?:number|no|nr)|cc (?:number|no|nr)|kreditkarten?(?:nummer)?|carte (?:bancaire|de credit)|tarjeta)\b/,
    values: digits(12),
  },
  { kind: "iban", names: /\biban\b/, values: /^[A-Z]{2}\s?\d/i },
  {
    kind: "phone",
    names:
      /\b(?:(?:tele|cell ?|mobile ?|home ?|work ?)?phones?|tel|mobile|fax|telefon(?:nummer)?|handy(?:nummer)?|mobilnummer|telefono|movil|portable)\b/,
    values: digits(7),
  },
  {
    kind: "birthDate",
    names:
      /\b(?:birth ?(?:date|day|year)|(?:date|day|year) of birth|dob|geburts ?(?:datum|tag|jahr)|geb ?dat(?:um)?|(?:date|annee) de naissance|(?:fecha|ano) de nacimiento|fecha nac)\b|^(?:birth|naissance|nacimiento)$/,
    values: /\d/,
  },
  {
    kind: "name",
    names:
      /\b(?:(?:first|last|given|family|full|middle|maiden|sur|fore|user) ?names?|(?:vor|nach|familien|geburts|benutzer)namen?|prenoms?|nom de famille|apellidos?)\b|^(?:(?:passenger|customer|patient|client|employee|person|contact|owner|student|member|card ?holder) )?names?$|^(?:nom|nombre)$/,
    values: word,
  },
  {
    kind: "address",
    names:
      /^(?:(?:home|street|postal|mailing|billing|shipping|customer|patient) )?addr(?:ess)?(?: (?:line )?\d)?$|\b(?:street|home|postal|mailing|billing|shipping) ?address\b|^(?:street(?: name)?|strasse|anschrift|adresse|rue|calle|direccion|domicilio)$/,
    values: word,
  },
];

/** What a column of this name is likely to hold. */
export function kindOfName(name: string): Pick<NamedKind, "kind" | "values"> | undefined {
  const text = plain(name);
  return named.find(({ names }) => names.test(text));
}
