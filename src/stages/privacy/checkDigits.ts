// Check digits of numbers that are issued to people. Each is given nothing but digits (and letters, where the number has them).

const at = (digits: string, i: number): number => digits.charCodeAt(i) - 48;

/** ISO/IEC 7812-1: payment cards. */
export function luhn(digits: string): boolean {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = at(digits, digits.length - 1 - i) * (1 + (i % 2));
    sum += digit > 9 ? digit - 9 : digit;
  }
  return sum % 10 === 0;
}

/** ISO 7064 mod 97-10 as IBANs have it: the first four characters go last, A is 10 and Z is 35. */
export function mod97(iban: string): boolean {
  let rest = 0;
  for (const character of iban.slice(4) + iban.slice(0, 4)) {
    const value = Number.parseInt(character, 36);
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
  }
  return rest === 1;
}

// The dihedral group of order 10: products of i and j, of which 5 to 9 are reflections.
const product = (i: number, j: number): number =>
  i < 5 ? (j < 5 ? (i + j) % 5 : ((i + j) % 5) + 5) : j < 5 ? ((i - j) % 5) + 5 : (5 + i - j) % 5;

/** Verhoeff 1969: Aadhaar. */
export function verhoeff(digits: string): boolean {
  let check = 0;
  for (let i = 0; i < digits.length; i++) {
    let digit = at(digits, digits.length - 1 - i);
    for (let turns = i % 8; turns > 0; turns--) digit = at("1576283094", digit);
    check = product(check, digit);
  }
  return check === 0;
}

/** The German Steuer-ID, ISO 7064 mod 11,10; of its first ten digits one stands there twice or three times, and others once. */
export function steuerId(digits: string): boolean {
  const counts = Array.from("0123456789", (digit) => digits.slice(0, 10).split(digit).length - 1).filter((count) => count > 1);
  if (!/^[1-9]\d{10}$/.test(digits) || counts.length !== 1 || (counts[0] as number) > 3) return false;
  let carry = 10;
  for (let i = 0; i < 10; i++) carry = (((at(digits, i) + carry) % 10 || 10) * 2) % 11;
  return (11 - carry) % 10 === at(digits, 10);
}

/** The key of the French NIR: 97 less the rest of the number by 97, where Corsica's 2A and 2B count as 19 and 18. */
export function nir(number: string): boolean {
  const digits = number.replace("2A", "19").replace("2B", "18");
  return 97 - (Number(digits.slice(0, 13)) % 97) === Number(digits.slice(13));
}

/** The letter of the Spanish DNI, and of the NIE, whose X, Y and Z count as 0, 1 and 2. */
export function dni(number: string): boolean {
  const value = Number(number.slice(0, -1).replace(/^[XYZ]/, (letter) => String("XYZ".indexOf(letter))));
  return "TRWAGMYFPDXBNJZSQVHLCKE"[value % 23] === number.at(-1);
}

/** The Dutch BSN's "elfproef": nine digits times 9, 8, … 2 and -1. */
export function bsn(digits: string): boolean {
  let sum = -at(digits, 8);
  for (let i = 0; i < 8; i++) sum += (9 - i) * at(digits, i);
  return sum % 11 === 0 && /^(?!0{8})\d{9}$/.test(digits);
}

/** The Brazilian CPF's two check digits; eleven equal digits pass and are none. */
export function cpf(digits: string): boolean {
  if (!/^(\d)(?!\1{10})\d{10}$/.test(digits)) return false;
  return [9, 10].every((length) => {
    let sum = 0;
    for (let i = 0; i < length; i++) sum += at(digits, i) * (length + 1 - i);
    return ((sum * 10) % 11) % 10 === at(digits, length);
  });
}
