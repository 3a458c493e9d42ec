/** What a person must look at, and what was decided. Imported only by the screens of staff (a lazy chunk). */
import { fetch_or_kept, type Kept } from './kept.ts'
import { ask, type HistoryItem, type ListParams, list, type Page } from './staff.ts'
import type { EntityName } from './types.ts'

export interface ReviewSide {
  value: unknown
  /** null: found by the server itself. */
  account: string | null
  account_name: string | null
  replica: string | null
  at: string | null
  arrived_at: string
  errors?: Record<string, string[]>
}

export interface Resolution {
  action: string
  value?: unknown
  note: string | null
  account: string
  account_name: string | null
}

/** A record's fields as they stand, with what the server derives and the name of the member whose it is. */
export type Standing = Readonly<Record<string, unknown>>

export interface Review {
  id: string
  kind: string
  status: 'open' | 'resolved' | 'closed'
  coop_id: string
  entity: EntityName | null
  record_id: string | null
  field: string | null
  sides: ReviewSide[]
  opened_at: string
  closed_at?: string
  resolution?: Resolution
  /** By id: the records that it is about. */
  records: Record<string, Standing>
  /** Of an open one: what a decision must name. */
  stamps?: Record<string, string>
  /** Of a conflict: the side whose value stands, and why that one. */
  stands?: number | null
  reason?: 'later' | 'clock_ahead' | 'replaced'
}

export interface Decision {
  action: string
  value?: unknown
  note: string
}

/** What became of one decision: the review as it stands, or the code of why not. */
export interface Result {
  id: string
  review?: Review
  code?: string
}

export interface RecordPast {
  items: HistoryItem[]
  reviews: Review[]
}

const AT_ONCE = 100

export const fetch_reviews = (params: ListParams): Promise<Kept<Page<Review>>> =>
  fetch_or_kept(`reviews ${JSON.stringify(params)}`, () => list<Page<Review>>('/reviews', params))

export const fetch_past = (entity: EntityName, id: string, coop: string): Promise<Kept<RecordPast>> => {
  const path = `/records/${entity}/${encodeURIComponent(id)}/history`
  return fetch_or_kept(`past ${coop} ${entity} ${id}`, async () => {
    const { items, reviews = [] } = await list<Page<HistoryItem> & Partial<RecordPast>>(
      path,
      coop ? { coop } : {},
    )
    return { items, reviews }
  })
}

/** Decides about each by itself, as it was shown. Sent again after a lost answer, each is decided once. */
export async function decide(reviews: readonly Review[], decision: Decision): Promise<Result[]> {
  const results: Result[] = []
  for (let from = 0; from < reviews.length; from += AT_ONCE) {
    const decisions = reviews
      .slice(from, from + AT_ONCE)
      .map(({ id, stamps = {} }) => ({ id, stamps, ...decision }))
    const { items } = await ask<{ items: Result[] }>(
      '/reviews/resolve',
      { body: { decisions } },
      ({ items }) => Array.isArray(items) && items.length === decisions.length,
    )
    results.push(...items)
  }
  return results
}
