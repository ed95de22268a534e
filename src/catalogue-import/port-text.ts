import { parsePorts } from '../domain/parse-service.ts';
import type { PortRange } from '../domain/service.ts';

const range = String.raw`\d+(?:,\d{3})?(?:\s*-\s*\d+(?:,\d{3})?)?`;
/** Ports as pages print them, as the source of a regular expression without groups. Expects plain dashes and digits. */
export const portsPattern = String.raw`${range}(?:\s*(?:,|;|and|or|和|及|或|、)\s*${range})*`;
const whole = new RegExp(`^${portsPattern}$`);

const longest = 1_000;

/** Dashes, digits and commas of every script in one form. */
export function plainMarks(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[‐‑‒–—―−─~〜∼]|(?<=\d)\s*[至到]\s*(?=\d)/g, '-')
    .replace(/，/g, ',');
}

/**
 * Reads "5061", "50,000-59,999", "80, 443", "3478 和 3479". `null`: not ports. `'ambiguous'`: a comma that may part thousands
 * or two ports, as in 1,433.
 */
export function readPorts(text: string): readonly PortRange[] | 'ambiguous' | null {
  if (text.length > longest) return null;
  const plain = plainMarks(text)
    .replace(/(?<=\d)\s*[/\n]\s*(?=\d)/g, ', ')
    .trim();
  if (/^(?:any|all|任意|任何|所有)(?:\s*(?:ports?|端口))?$/i.test(plain)) return [{ from: 1, to: 65535 }];
  if (!whole.test(plain)) return null;
  const listed = plain.replace(/\s*(?:;|and|or|和|及|或|、)\s*/g, ', ');
  const asList = readList(listed);
  const asThousands = /\d,\d{3}(?!\d)/.test(listed) ? readList(listed.replace(/(?<=\d),(?=\d{3}(?!\d))/g, '')) : null;
  if (asList !== null && asThousands !== null) return 'ambiguous';
  return asThousands ?? asList;
}

function readList(text: string): readonly PortRange[] | null {
  if (text.split(/[,-]/).some((number) => /^0/.test(number.trim()))) return null;
  const parsed = parsePorts(text);
  return parsed.ok ? parsed.ports : null;
}
