import type { EntityName, RecordDetail, StockView, Watch } from './types.ts'
/** One record with its state and why. `null`: not on this phone. */
export function watch_record(_entity: EntityName, _id: string): Watch<RecordDetail | null> {
  throw new Error('not built yet')
}
/** The stock entries of a listing, newest first. */
export function watch_stock(_listing_id: string): Watch<StockView[]> {
  throw new Error('not built yet')
}
