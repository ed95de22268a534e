import type { PortRange } from './service.ts';

/** Whether every port of `inner` is one of `outer`. */
export function portsWithin(inner: readonly PortRange[], outer: readonly PortRange[]): boolean {
  return inner.every(({ from, to }) => {
    const merged = mergePorts(outer).find((range) => range.from <= from && from <= range.to);
    return merged !== undefined && to <= merged.to;
  });
}

export function portsOverlap(some: readonly PortRange[], others: readonly PortRange[]): boolean {
  return some.some((range) => others.some((other) => range.from <= other.to && other.from <= range.to));
}

export function countPorts(ports: readonly PortRange[]): number {
  return mergePorts(ports).reduce((sum, { from, to }) => sum + to - from + 1, 0);
}

/** The same ports in order, neighbours joined. */
export function mergePorts(ports: readonly PortRange[]): readonly PortRange[] {
  const merged: PortRange[] = [];
  for (const range of ports.toSorted((a, b) => a.from - b.from)) {
    const last = merged.at(-1);
    if (last && range.from <= last.to + 1) merged.splice(-1, 1, { from: last.from, to: Math.max(last.to, range.to) });
    else merged.push(range);
  }
  return merged;
}
