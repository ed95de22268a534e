import type { InputBlock, KnownBlock, PlainTextInput, PlainTextOption, StaticSelect } from '@slack/types';
import { cut } from '../../chat/cut.ts';
import type { FormField } from '../../chat/form.ts';
import { visible } from '../../chat/visible.ts';
import type { Reader, Say } from '../../locale.ts';
import { elementBlocks } from './elements.ts';
import { isBlank, plainLines, plainText } from './text.ts';

const inputRoom = 3000;
const labelRoom = 300;
const hintRoom = 2000;
const leanRoom = 600;
const problemRoom = 600;
const optionRoom = 75;
const mostOptions = 100;
const optionsSaid = 10;

/** `stands`: the text standing there is too long for the input, which is empty and changes nothing when sent back empty. */
export type RenderedField = { readonly blocks: readonly KnownBlock[]; readonly stands: boolean };

export function blockId(name: string): string {
  return `field:${name}`;
}

/**
 * A question: its problem as a line, then its input. A choice is a menu where Slack's menus hold it (100 options, 75 characters
 * each); else it is typed, and the hint names some: a typed label is an answer too. `lean` leaves out what is large: the menu,
 * and the text that stands there.
 */
export function fieldBlocks(field: FormField, seen: string, size: 'full' | 'lean', say: Say, reader: Reader): RenderedField {
  const isMenu = size === 'full' && field.input === 'choice' && fitsMenu(field);
  const standing = standingText(field);
  const stands = !isMenu && (standing.length > inputRoom || (size === 'lean' && standing.length > leanRoom));
  const hint = hintOf(field, { isMenu, stands }, say, reader);
  const action_id = `typed:${seen}`.slice(0, 255);
  const input: InputBlock = {
    type: 'input',
    block_id: blockId(field.name),
    label: plainText(field.label, labelRoom),
    element: isMenu ? { ...menu(field), action_id } : { ...textInput(field, stands ? '' : standing), action_id },
    optional: field.optional || stands,
    ...(isBlank(hint) ? {} : { hint: plainLines(hint, size === 'full' ? hintRoom : leanRoom) }),
  };
  const problem =
    field.problem === null
      ? []
      : elementBlocks({ kind: 'notice', tone: 'warning', spans: [{ strong: cut(visible(field.problem), problemRoom) }] });
  return { blocks: [...problem, input], stands };
}

/** What Slack adds to it comes first, where nothing cuts it. */
function hintOf(field: FormField, { isMenu, stands }: { isMenu: boolean; stands: boolean }, say: Say, reader: Reader): string {
  const count = [...field.value].length;
  return [
    ...(stands ? [say({ key: 'dialog.form.long', params: { count } }, reader)] : []),
    ...(field.input === 'choice' && !isMenu ? [say({ key: 'dialog.form.words', params: { words: named(field) } }, reader)] : []),
    field.hint,
  ].join('\n');
}

function fitsMenu({ options }: FormField): boolean {
  const values = new Set(options.map(({ value }) => value));
  const isShort = options.every(({ value, label }) => value !== '' && value.length <= optionRoom && visible(label).length <= optionRoom);
  return isShort && options.length > 0 && options.length <= mostOptions && values.size === options.length;
}

/** What a person would read there: of a choice, its label. */
function standingText({ value, options, input }: FormField): string {
  const chosen = input === 'choice' ? options.find((option) => option.value === value) : undefined;
  return visible(chosen?.label ?? value);
}

function menu(field: FormField): StaticSelect {
  const options = field.options.map(({ value, label }): PlainTextOption => ({ text: plainText(label, optionRoom), value }));
  const chosen = options.find(({ value }) => value === field.value);
  return { type: 'static_select', options, ...(chosen === undefined ? {} : { initial_option: chosen }) };
}

/** One line would swallow the breaks of a text that has several. */
function textInput(field: FormField, standing: string): PlainTextInput {
  return {
    type: 'plain_text_input',
    multiline: field.input === 'lines' || standing.includes('\n'),
    max_length: inputRoom,
    ...(standing === '' ? {} : { initial_value: standing }),
  };
}

function named({ options }: FormField): string {
  const labels = options.slice(0, optionsSaid).map(({ label }) => cut(visible(label), optionRoom));
  return [...labels, ...(options.length > optionsSaid ? ['…'] : [])].join(' · ');
}
