/** Whether the runtime knows it as an IANA time zone. Bare offsets such as `+02:00` know nothing of summer time and are refused. */
export function isTimeZone(zone: string): boolean {
  if (!/^[A-Za-z]/.test(zone)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}
