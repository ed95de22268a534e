import { z } from 'zod';

export const locales = ['en', 'zh-CN'] as const;
export const localeSchema = z.enum(locales);
export type Locale = z.infer<typeof localeSchema>;

/** A text in every language the product speaks. Data without one of them does not load. */
export const localTextSchema = z.strictObject({ en: z.string().trim().min(1), 'zh-CN': z.string().trim().min(1) });
export type LocalText = z.infer<typeof localTextSchema>;

/** What a `{placeholder}` may be filled with. `at` is shown in the reader's time zone. */
export type MessageParam = string | number | LocalText | { readonly at: string };

/** A text yet to be said: a key of the locale files and what fills its placeholders. */
export type Message = { readonly key: string; readonly params?: Readonly<Record<string, MessageParam>> };

/** Who a text is said to: the language, and the IANA time zone its dates are shown in. */
export type Reader = { readonly locale: Locale; readonly zone: string };

/** Says a message in the reader's language. Throws `AppError('text-missing')` for an unknown key or a placeholder left open. */
export type Say = (message: Message, reader: Reader) => string;

/** JSON values, as parsed from outside or stored. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
export const jsonSchema: z.ZodType<Json> = z.json();
export type JsonObject = { readonly [key: string]: Json };
