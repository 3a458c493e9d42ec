export type RecordErrorCode =
  | 'storage_full'
  | 'storage_outdated'
  | 'storage_failed'
  | 'too_large'
  | 'signed_out'
  | 'not_found'
  | 'invalid'

/** Nothing was recorded. `code` is stable; screens have words for it. */
export class RecordError extends Error {
  constructor(
    readonly code: RecordErrorCode,
    cause?: unknown,
  ) {
    super(code, { cause })
    this.name = 'RecordError'
  }
}
