/** Controls (but not line breaks and tabs), text-direction controls, characters of no width, and halves of characters: never meant, and able to deceive a reader. */
const invisible = /(?![\n\t])\p{Cc}|(?![\u200c\u200d])\p{Cf}|\p{Surrogate}/gu;

/** What was typed without its invisible characters, and whether there were any. Joiners stay: scripts and emoji need them; alone they are nothing. */
export function cleanText(text: string): { readonly text: string; readonly changed: boolean } {
  const unix = text.replace(/\r\n?/g, '\n');
  const seen = unix.replace(invisible, '').trim();
  const clean = /[^\s\u200c\u200d]/.test(seen) ? seen : '';
  return { text: clean, changed: clean !== unix.trim() };
}
