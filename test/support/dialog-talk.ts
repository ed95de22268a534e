import { dialogHandlers } from '../../src/app/dialog-handlers.ts';
import type { Card } from '../../src/chat/card.ts';
import type { DialogDefinition } from '../../src/dialog/definition.ts';
import { accepts, open, resume, step } from '../../src/dialog/engine.ts';
import type { DialogEnv, Handlers } from '../../src/dialog/handlers.ts';
import { dialogClick, promptCard } from '../../src/dialog/prompt-card.ts';
import type { DialogState } from '../../src/dialog/state.ts';
import { dialogStateSchema } from '../../src/dialog/state.ts';
import type { DialogTurn } from '../../src/dialog/turn.ts';
import type { JsonObject } from '../../src/locale.ts';
import { dialogEnv } from './dialog-env.ts';
import { loadTestKnowledge } from './knowledge.ts';

/** Talks to one dialog the way a person does: types, and presses buttons of cards it was shown. State passes through JSON. */
export class DialogTalk {
  turn: DialogTurn;
  readonly definition: DialogDefinition;
  readonly handlers: Handlers;
  env: DialogEnv;

  constructor(dialog: DialogDefinition | string, seed: JsonObject = {}, env = dialogEnv(), handlers?: Handlers) {
    const knowledge = loadTestKnowledge();
    const definition = typeof dialog === 'string' ? knowledge.dialogs.get(dialog) : dialog;
    if (definition === undefined) throw new Error(`no dialog ${String(dialog)}`);
    this.definition = definition;
    this.env = env;
    const engineer = knowledge.people.find((person) => person.id === 'engineer') ?? null;
    this.handlers = handlers ?? dialogHandlers(knowledge, engineer);
    this.turn = open(definition, seed, this.handlers, env);
  }

  get state(): DialogState {
    if (!('state' in this.turn)) throw new Error(`the dialog is ${this.turn.kind}`);
    return dialogStateSchema.parse(JSON.parse(JSON.stringify(this.turn.state)));
  }

  /** The field asked now, or what else is shown. */
  get at(): string {
    if (this.turn.kind === 'ask') return this.turn.step.field;
    return this.turn.kind === 'confirm' ? `confirm ${this.turn.step.field}` : this.turn.kind;
  }

  get card(): Card {
    return promptCard(this.definition, this.turn, 'draft-1', this.env);
  }

  get notices(): readonly string[] {
    return 'notices' in this.turn ? this.turn.notices.map((notice) => notice.key) : [];
  }

  get problem(): string | null {
    return this.turn.kind === 'ask' ? (this.turn.attempt?.problem.key ?? null) : null;
  }

  get buttons(): readonly string[] {
    return this.card.actions.map((action) => action.label);
  }

  echo(field: string): string | undefined {
    return this.state.answers[field]?.echo;
  }

  say(...texts: readonly string[]): this {
    for (const text of texts) this.turn = step(this.definition, this.state, { kind: 'text', text }, this.handlers, this.env);
    return this;
  }

  /** Presses a button of `card`, the one shown now unless an older one is given. */
  press(label: string, card = this.card): this {
    const action = card.actions.find((candidate) => candidate.label === label);
    if (action?.kind !== 'button') throw new Error(`no button ${label} among ${card.actions.map((one) => one.label).join(', ')}`);
    const click = dialogClick(action.action, action.data);
    if (click === null) throw new Error(`the button ${label} is no dialog's`);
    this.turn = step(this.definition, this.state, click.input, this.handlers, this.env);
    return this;
  }

  again(env = this.env, definition = this.definition): this {
    this.env = env;
    this.turn = resume(definition, this.state, this.handlers, env);
    return this;
  }

  againFrom(state: DialogState): DialogTurn {
    return resume(this.definition, state, this.handlers, this.env);
  }

  takes(text: string): string {
    return accepts(this.definition, this.state, text, this.handlers, this.env);
  }
}
