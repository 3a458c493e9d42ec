/** The kinds of field and what each means when mutations are laid over a row. */

/** frozen: the first value stands. once: false to true. last: the greater stamp wins, field by field. */
export type Kind = 'frozen' | 'once' | 'last'

export interface FieldRule {
  kind: Kind
  required: boolean
}

/** Entity → field → rule. */
export type Rules = Record<string, Record<string, FieldRule>>

export function is_complete(rules: Rules, entity: string, row: Record<string, unknown>): boolean {
  const fields = rules[entity]
  if (!fields) return false
  return Object.entries(fields).every(([name, rule]) => !rule.required || name in row)
}
