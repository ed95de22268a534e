import { expect, test } from 'vitest';
import { createPump } from '../../src/app/pump.ts';

type Piece = { readonly id: string };

/** Work that ends when it is told to; claimed once, or, without a lease, again and again until then. */
function pumping({ leased = true } = {}) {
  const waiting: Piece[] = [];
  const ends = new Map<string, (failure?: Error) => void>();
  const begun: string[] = [];
  const pump = createPump<Piece>({
    atOnce: 2,
    claim: async (limit) => waiting.filter(({ id }) => !leased || !begun.includes(id)).slice(0, limit),
    work: (piece) => {
      begun.push(piece.id);
      return new Promise((resolve, reject) => {
        ends.set(piece.id, (failure) => {
          waiting.splice(waiting.indexOf(piece), 1);
          if (failure) reject(failure);
          else resolve();
        });
      });
    },
  });
  const add = (id: string) => void waiting.push({ id });
  return { pump, add, begun, end: (id: string, failure?: Error) => ends.get(id)?.(failure) };
}

/** Until everything that can go on has gone on. */
const rest = () => new Promise((resolve) => setImmediate(resolve));

test('what takes long holds nothing else up, and what comes meanwhile is begun at once', async () => {
  const { pump, add, begun, end } = pumping();
  add('slow');
  const all = pump();
  await rest();
  add('quick');
  const woken = pump();
  await rest();
  expect(begun).toEqual(['slow', 'quick']);
  end('quick');
  await rest();
  add('later');
  void pump();
  await rest();
  expect(begun).toEqual(['slow', 'quick', 'later']);
  end('later');
  end('slow');
  await Promise.all([all, woken]);
});

test('a piece in hand is not begun twice, whatever is claimed', async () => {
  const { pump, add, begun, end } = pumping({ leased: false });
  add('slow');
  const all = pump();
  await rest();
  void pump();
  await rest();
  expect(begun).toEqual(['slow']);
  end('slow');
  await all;
});

test('a failure is told after the rest is done', async () => {
  const { pump, add, begun, end } = pumping();
  add('bad');
  add('good');
  const told = expect(pump()).rejects.toThrow('no');
  await rest();
  end('bad', new Error('no'));
  await rest();
  end('good');
  await told;
  expect(begun).toEqual(['bad', 'good']);
  add('next');
  const again = pump();
  await rest();
  end('next');
  await again;
});
