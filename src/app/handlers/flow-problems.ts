import type { AddressProblem } from '../../domain/address.ts';
import type { Flow } from '../../domain/flow.ts';
import type { ServiceProblem } from '../../domain/parse-service.ts';
import type { Message } from '../../locale.ts';

/** What one line says, or why it can't be used; a fix replaces a part of it. */
export type LineReading =
  | { readonly ok: true; readonly flows: readonly Flow[] }
  | { readonly ok: false; readonly problem: Message; readonly fixes: readonly Fix[] };
export type Fix = { readonly label: string; readonly bad: string; readonly good: string };

export function fail(problem: Message, fixes: readonly Fix[] = []): Extract<LineReading, { ok: false }> {
  return { ok: false, problem, fixes };
}

export function addressProblem(problem: AddressProblem, token: string): Extract<LineReading, { ok: false }> {
  const params = { text: problem.text };
  const instead = (...good: readonly string[]): readonly Fix[] => good.map((text) => ({ label: text, bad: token, good: text }));
  switch (problem.kind) {
    case 'host-bits': {
      const { network, host } = problem;
      return fail({ key: 'field-error.host-bits', params: { ...params, network, host } }, instead(network, host));
    }
    case 'inverted-range':
      return fail({ key: 'field-error.address-range', params }, instead(problem.swapped));
    case 'mapped':
      return fail({ key: 'field-error.mapped-address', params: { ...params, plain: problem.plain } }, instead(problem.plain));
    case 'mixed-range':
      return fail({ key: 'field-error.families' });
    case 'not-an-address':
      return fail({ key: 'field-error.address', params });
  }
}

export function serviceProblem(problem: ServiceProblem, token: string): Extract<LineReading, { ok: false }> {
  const instead = (...good: readonly string[]): readonly Fix[] => good.map((text) => ({ label: text, bad: token, good: text }));
  switch (problem.kind) {
    case 'port-out-of-range':
      return fail({ key: 'field-error.port', params: { port: problem.port } });
    case 'inverted-range':
      return fail({ key: 'field-error.port-range', params: { text: problem.text } }, instead(token.replace(problem.text, problem.swapped)));
    case 'no-transport':
      return fail(
        { key: 'field-error.transport', params: { ports: problem.ports } },
        instead(`${problem.ports}/tcp`, `${problem.ports}/udp`),
      );
    case 'not-a-service':
      return fail({ key: 'field-error.service', params: { text: problem.text } });
  }
}
