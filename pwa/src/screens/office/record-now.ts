import { useEffect, useState } from 'preact/hooks'
import type { EntityName } from '../../state/index.ts'
import { fetch_history, type HistoryItem } from '../../state/staff.ts'
import { value_words } from './words.ts'

/** A record's fields as they stand; empty until they are known. */
export type Values = Readonly<Record<string, unknown>>

/** What tells a record apart for a person, in this order. */
const TELLING = ['product_name', 'name', 'quantity_milli', 'total_vnd', 'sold_at'] as const

/** Asked once each while the list stands: the same record is in several reviews. */
const asked_for = new Map<string, Promise<Values>>()
export const forget_records = (): void => asked_for.clear()

function values_of(items: readonly HistoryItem[]): Values {
  const values: Record<string, unknown> = {}
  for (const { fields } of items)
    for (const [name, { value, result }] of Object.entries(fields))
      if (result === 'current' || !(name in values)) values[name] = value
  return values
}

/** A record as it stands, read from its history. */
export function useRecordNow(entity: EntityName | null, id: string | null, coop: string): Values {
  const [values, set_values] = useState<Values>({})
  useEffect(() => {
    if (!entity || !id) return
    const key = `${coop}/${entity}/${id}`
    const asked = asked_for.get(key) ?? fetch_history(entity, id, coop).then(values_of)
    asked_for.set(key, asked)
    asked.then(set_values, () => asked_for.delete(key))
  }, [entity, id, coop])
  return values
}

export const unit_of = ({ unit }: Values): string => (typeof unit === 'string' ? unit : '')

/** A record in words, `Thảo quả khô · 2 kg · 240.000 ₫`. */
export const record_words = (values: Values): string =>
  TELLING.filter((name) => name in values)
    .map((name) => value_words(name, values[name], unit_of(values)))
    .join(' · ')
