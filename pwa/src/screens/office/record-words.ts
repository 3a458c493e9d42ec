import { useEffect, useState } from 'preact/hooks'
import type { EntityName } from '../../state/index.ts'
import { fetch_history, type HistoryItem } from '../../state/staff.ts'
import { value_words } from './words.ts'

/** What tells a record apart for a person, in this order. */
const TELLING = ['product_name', 'name', 'quantity_milli', 'total_vnd', 'sold_at'] as const

/** Asked once each: the same record stands in several reviews. */
const known = new Map<string, Promise<string>>()

function words_of(items: readonly HistoryItem[]): string {
  const values: Record<string, unknown> = {}
  for (const { fields } of items)
    for (const [name, { value, result }] of Object.entries(fields))
      if (result === 'current' || !(name in values)) values[name] = value
  const unit = typeof values.unit === 'string' ? values.unit : ''
  return TELLING.filter((name) => name in values)
    .map((name) => value_words(name, values[name], unit))
    .join(' · ')
}

/** A record in words, `Thảo quả khô · 2 kg · 240.000 ₫`, read from its history; empty until it is known. */
export function useRecordWords(entity: EntityName | null, id: string | null, coop: string): string {
  const [words, set_words] = useState('')
  useEffect(() => {
    if (!entity || !id) return
    const key = `${coop}/${entity}/${id}`
    const asked = known.get(key) ?? fetch_history(entity, id, coop).then(words_of)
    known.set(key, asked)
    asked.then(set_words, () => known.delete(key))
  }, [entity, id, coop])
  return words
}
