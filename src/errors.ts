/** Every fault the program names itself. Expected refusals are returned values, never thrown. */
export type FaultCode =
  | 'config-invalid'
  | 'data-invalid'
  | 'text-missing'
  | 'not-canonical'
  | 'store-busy'
  | 'store-corrupt'
  | 'delivery-failed'
  | 'unreachable';

/** A fault: something that should not happen. `message` is for operators, in English; what people see is looked up by `code`. */
export class AppError extends Error {
  override readonly name = 'AppError';
  readonly code: FaultCode;

  constructor(code: FaultCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.code = code;
  }
}

/** For the arm of a switch that the types say cannot be reached. */
export function unreachable(value: never): never {
  throw new AppError('unreachable', `unexpected value ${JSON.stringify(value)}`);
}
