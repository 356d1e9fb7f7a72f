// Source: Unicode 15.1, general categories Cf, Zs and Pd, and the compatibility forms of the full stop.
const VANISHING = [
  0x00ad, 0x034f, 0x061c, 0x180e, 0x200b, 0x200c, 0x200d, 0x200e, 0x200f, 0x202a, 0x202b, 0x202c,
  0x202d, 0x202e, 0x2060, 0x2061, 0x2062, 0x2063, 0x2064, 0x2066, 0x2067, 0x2068, 0x2069, 0xfeff,
  0xfe00, 0xfe01, 0xfe02, 0xfe03, 0xfe04, 0xfe05, 0xfe06, 0xfe07, 0xfe08, 0xfe09, 0xfe0a, 0xfe0b,
  0xfe0c, 0xfe0d, 0xfe0e, 0xfe0f,
];
const SPACES = [
  0x00a0, 0x1680, 0x2000, 0x2001, 0x2002, 0x2003, 0x2004, 0x2005, 0x2006, 0x2007, 0x2008, 0x2009,
  0x200a, 0x202f, 0x205f, 0x3000,
];
const DASHES = [0x2010, 0x2011, 0x2012, 0x2013, 0x2014, 0x2015, 0x2043, 0x2212, 0xfe58, 0xfe63];
const FULL_STOPS = [0x2024, 0x3002, 0xfe52, 0xff61];
const SINGLE_QUOTES = [0x2018, 0x2019, 0x201a, 0x201b, 0x2032];
const DOUBLE_QUOTES = [0x201c, 0x201d, 0x201e, 0x201f, 0x2033, 0x00ab, 0x00bb];

const foldedTo = (units: readonly number[], unit: number): [number, number][] =>
  units.map((one) => [one, unit]);

/** Code unit → the ASCII one it stands for; 0 for one that nobody sees. */
export const FOLDED_CHARACTERS: ReadonlyMap<number, number> = new Map([
  ...foldedTo(VANISHING, 0),
  ...foldedTo(SPACES, 0x20),
  ...foldedTo(DASHES, 0x2d),
  ...foldedTo(FULL_STOPS, 0x2e),
  ...foldedTo(SINGLE_QUOTES, 0x27),
  ...foldedTo(DOUBLE_QUOTES, 0x22),
]);

// Source: Unicode Technical Standard 39, confusables; the letters that are drawn alike in common fonts.
const TWINS =
  'АA ВB ЕE ЅS ІI ЈJ КK МM НH ОO РP СC ТT УY ХX аa еe оo рp сc уy хx іi јj ѕs ԁd һh ӏl ΑA ΒB ΕE ΖZ ΗH ΙI ΚK ΜM ΝN ΟO ΡP ΤT ΥY ΧX οo ρp';

/** Cyrillic or Greek letter → the Latin one that looks the same. */
export const LATIN_TWINS: ReadonlyMap<string, string> = new Map(
  TWINS.split(' ').map((pair) => [pair.slice(0, 1), pair.slice(1)]),
);
