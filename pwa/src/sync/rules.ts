/** The kinds of field and what each means when mutations are laid over a row. */

/** frozen: the first value stands. once: false to true. last: the greater stamp wins, field by field. */
export type Kind = 'frozen' | 'once' | 'last'

export interface FieldRule {
  readonly kind: Kind
  readonly required?: boolean
}

/** By entity, as generated from the server's definitions. */
export type Rules = Readonly<Record<string, { readonly fields: Readonly<Record<string, FieldRule>> }>>

export function is_complete(rules: Rules, entity: string, row: Record<string, unknown>): boolean {
  const fields = rules[entity]?.fields
  if (!fields) return false
  return Object.entries(fields).every(([name, rule]) => !rule.required || name in row)
}
