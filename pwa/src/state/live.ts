/** The signals themselves. Only `state` writes them. */
import { signal } from '@preact/signals'
import type {
  DayTotal,
  Gate,
  Language,
  ListingView,
  MemberView,
  PhotosState,
  Readiness,
  SaleRecorded,
  SendState,
  Session,
  StorageState,
} from './types.ts'

export const readiness = signal<Readiness>('starting')
export const session = signal<Session | null>(null)
export const gate = signal<Gate>('open')
export const language = signal<Language>('vi')

export const listings = signal<readonly ListingView[]>([])
export const members = signal<readonly MemberView[]>([])
export const today = signal<DayTotal>({ day: '', count: 0, total_vnd: 0 })
export const last_sale = signal<(SaleRecorded & { undone: boolean }) | null>(null)

export const unsent = signal(0)
export const NO_RECORDS = { sale: 0, listing: 0, stock_entry: 0, member: 0 }
export const NEVER_SENT: SendState = {
  here: 0,
  there: null,
  here_by_entity: NO_RECORDS,
  there_by_entity: null,
  checked_at_ms: null,
  differs: false,
  syncing: false,
  progress: null,
  last_sync_at_ms: null,
  last_error: null,
  syncs: [],
}
export const send_state = signal<SendState>(NEVER_SENT)
export const clock_warning = signal<{ drift_ms: number } | null>(null)
export const storage = signal<StorageState>({ usage_bytes: null, persisted: null, problem: null })

/** A service worker is active: what it keeps is all here. */
export const worker_ready = signal(false)
export const photos = signal<PhotosState>({ waiting: 0, part: null, refused: new Map() })

export const update_ready = signal(false)
export const half_typed = signal(false)

/** Rise when what open books and watches show may have changed: the outbox alone, or the server's rows too. */
export const outbox_version = signal(0)
export const rows_version = signal(0)
