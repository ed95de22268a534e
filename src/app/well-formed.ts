import type { Activity } from '../chat/activity.ts';
import type { ActionData } from '../chat/card.ts';
import type { Json } from '../locale.ts';

/** Half a character can neither be stored nor hashed, and not every database takes a NUL: both are replaced before anything looks at them. */
export function wellFormed(activity: Activity): Activity {
  switch (activity.kind) {
    case 'message':
      return { ...activity, text: whole(activity.text) };
    case 'click':
      return { ...activity, action: whole(activity.action), data: wholeNames(activity.data) };
    case 'form': {
      const { submission } = activity;
      const values = Object.fromEntries(Object.entries(submission.values).map(([name, value]) => [whole(name), whole(value)]));
      return { ...activity, submission: { ...submission, draft: whole(submission.draft), page: whole(submission.page), values } };
    }
  }
}

const whole = (text: string): string => text.replace(/[\p{Surrogate}\0]/gu, '\uFFFD');

function wholeNames(data: ActionData): ActionData {
  return Object.fromEntries(Object.entries(data).map(([name, value]) => [whole(name), wholeValue(value)]));
}

function wholeValue(value: Json): Json {
  if (typeof value === 'string') return whole(value);
  if (value === null || typeof value !== 'object') return value;
  return isList(value) ? value.map(wholeValue) : wholeNames(value);
}

const isList = (value: Json): value is readonly Json[] => Array.isArray(value);
