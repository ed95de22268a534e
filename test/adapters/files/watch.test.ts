import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { watchKnowledge } from '../../../src/adapters/files/watch.ts';
import { sampleFiles, sampleNames, writeFiles } from '../../support/sample-files.ts';

const never = 2 ** 30;

/** The sample being watched, with `settle` for the two looks it takes to see a change that has come to rest. */
function watched() {
  const dirs = writeFiles(sampleFiles);
  const result = watchKnowledge(dirs, sampleNames, never);
  if (!result.ok) throw new Error('the sample does not load');
  const { source } = result;
  onTestFinished(source.close);
  const outcomes: boolean[] = [];
  source.onReload((outcome) => outcomes.push(outcome.ok));
  const people = join(dirs.data, 'people.yaml');
  const settle = () => {
    source.look();
    source.look();
  };
  return { dirs, source, outcomes, people, settle };
}

const renamed = (name: string) => (sampleFiles['data/people.yaml'] ?? '').replace('name: Ann', `name: ${name}`);
const firstName = (source: ReturnType<typeof watched>['source']) => source.current().people[0]?.name;

describe('an edited file', () => {
  test('is in force without a restart', () => {
    const { source, people, settle, outcomes } = watched();
    // As long as before, so that only its time tells.
    writeFileSync(people, renamed('Amy'));
    settle();
    expect(firstName(source)).toBe('Amy');
    expect(outcomes).toEqual([true]);
  });

  test('also when the editor replaces it by another file', () => {
    const { source, people, settle } = watched();
    writeFileSync(`${people}.tmp`, renamed('Anne'));
    renameSync(`${people}.tmp`, people);
    settle();
    expect(firstName(source)).toBe('Anne');
  });

  test('is not read while it still changes', () => {
    const { source, people, outcomes } = watched();
    writeFileSync(people, renamed('A'));
    source.look();
    writeFileSync(people, renamed('Anne-Marie'));
    source.look();
    expect(outcomes).toEqual([]);
    source.look();
    expect(firstName(source)).toBe('Anne-Marie');
    expect(outcomes).toEqual([true]);
  });

  test('a new and a removed file count as well', () => {
    const { source, dirs, settle } = watched();
    writeFileSync(join(dirs.data, 'sites', 'b.yaml'), (sampleFiles['data/sites/a.yaml'] ?? '').replace('site-a', 'site-b'));
    settle();
    expect(source.current().sites.map((site) => site.id)).toEqual(['site-a', 'site-b']);
    rmSync(join(dirs.data, 'sites', 'a.yaml'));
    settle();
    expect(source.current().sites.map((site) => site.id)).toEqual(['site-b']);
  });
});

describe('a bad edit', () => {
  test('leaves what was there in force, says so once, and is over when it is put right', () => {
    const { source, people, settle, outcomes } = watched();
    const before = source.current();
    writeFileSync(people, 'people: none\n');
    settle();
    settle();
    expect(source.current()).toBe(before);
    expect(source.problems()).toEqual([expect.objectContaining({ file: people, line: 1, column: 9 })]);
    expect(outcomes).toEqual([false]);

    writeFileSync(people, renamed('Anne'));
    settle();
    expect(firstName(source)).toBe('Anne');
    expect(source.problems()).toEqual([]);
    expect(outcomes).toEqual([false, true]);
  });

  test('at the start there is nothing to keep, so the problems are all there is', () => {
    const result = watchKnowledge(writeFiles({ ...sampleFiles, 'data/people.yaml': 'people: []\n' }), sampleNames, never);
    expect(result).toMatchObject({ ok: false, problems: [{ line: 1, column: 9 }] });
  });
});

test('whoever stops listening hears no more', () => {
  const { source, people, settle } = watched();
  const heard = vi.fn();
  source.onReload(heard)();
  writeFileSync(people, renamed('Anne'));
  settle();
  expect(heard).not.toHaveBeenCalled();
});

test('it looks by itself, and no more once closed', () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const dirs = writeFiles(sampleFiles);
  const result = watchKnowledge(dirs, sampleNames, 500);
  if (!result.ok) throw new Error('the sample does not load');
  writeFileSync(join(dirs.data, 'people.yaml'), renamed('Anne'));
  vi.advanceTimersByTime(1000);
  expect(firstName(result.source)).toBe('Anne');
  result.source.close();
  expect(vi.getTimerCount()).toBe(0);
});
