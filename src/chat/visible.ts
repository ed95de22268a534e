const controlPictures = 0x2400;

/**
 * A typed text with nothing in it that acts instead of being read: terminal controls become their pictures (an escape
 * becomes ␛), and what reorders or hides text (bidirectional overrides, zero-width marks) becomes its code point, `‹U+202E›`.
 * Newlines stay; tabs become spaces; a half of a surrogate pair becomes �.
 */
export function visible(text: string): string {
  return text
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll('\t', '    ')
    .replaceAll(/\p{Cs}/gu, '\ufffd')
    .replaceAll(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, (character) => picture(character));
}

function picture(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  // The joiners shape emoji and whole scripts; alone they reorder nothing.
  if (character === '\n' || code === 0x200c || code === 0x200d) return character;
  if (code < 0x20) return String.fromCodePoint(controlPictures + code);
  if (code === 0x7f) return '\u2421';
  return `‹U+${code.toString(16).toUpperCase().padStart(4, '0')}›`;
}
