import type { Form, FormPress } from '../../src/chat/form.ts';
import { fill } from '../../src/dialog/fill.ts';
import { formOf } from '../../src/dialog/form.ts';
import { type FillTurn, firstPage, openForm } from '../../src/dialog/form-turn.ts';
import { type DialogState, dialogStateSchema } from '../../src/dialog/state.ts';
import type { DialogTalk } from './dialog-talk.ts';

/** Fills in the same dialog as a `DialogTalk`, page by page: what is not named stays in its field. State passes through JSON. */
export class FormTalk {
  turn: FillTurn;
  private readonly talk: DialogTalk;

  constructor(talk: DialogTalk, page: string | null = firstPage(talk.definition)) {
    this.talk = talk;
    this.turn = openForm(talk.definition, talk.state, page, talk.handlers, talk.env);
  }

  get state(): DialogState {
    if (!('state' in this.turn)) throw new Error(`the dialog is ${this.turn.kind}`);
    return dialogStateSchema.parse(JSON.parse(JSON.stringify(this.turn.state)));
  }

  get form(): Form {
    if (this.turn.kind !== 'form') throw new Error(`the dialog is ${this.turn.kind}`);
    return formOf(this.talk.definition, this.turn, 'draft-1', this.talk.handlers, this.talk.env);
  }

  get at(): string {
    return this.turn.kind === 'form' ? this.turn.page : this.turn.kind;
  }

  get notices(): readonly string[] {
    return this.turn.kind === 'form' ? this.turn.notices.map(({ key }) => key) : [];
  }

  get problems(): Readonly<Record<string, string>> {
    return Object.fromEntries(this.form.fields.flatMap(({ name, problem }) => (problem === null ? [] : [[name, problem]])));
  }

  get standing(): Readonly<Record<string, string>> {
    return Object.fromEntries(this.form.fields.map(({ name, value }) => [name, value]));
  }

  press(press: FormPress, typed: Readonly<Record<string, string>> = {}, form = this.form): this {
    const { draft, page, seen } = form;
    const values = { ...Object.fromEntries(form.fields.map(({ name, value }) => [name, value])), ...typed };
    const { definition, handlers, env } = this.talk;
    this.turn = fill(definition, this.state, { draft, page, seen, press, values }, handlers, env);
    return this;
  }

  next(typed: Readonly<Record<string, string>> = {}, form = this.form): this {
    return this.press({ kind: 'next' }, typed, form);
  }

  /** Somebody answers question by question meanwhile. */
  meanwhile(...texts: readonly string[]): this {
    this.talk.turn = this.talk.againFrom(this.state);
    const { state } = this.talk.say(...texts);
    this.turn = openForm(this.talk.definition, state, null, this.talk.handlers, this.talk.env);
    return this;
  }
}
