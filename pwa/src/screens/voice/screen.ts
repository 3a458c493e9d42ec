/** Which screen stands, and the sentence that says what it is for. */
import type { Readiness } from '../../state/index.ts'
import type { Own } from './sentences.ts'

/** By the component that stands; screens that are missing here fail a test. */
export const SCREEN_SENTENCES = {
  Sell: 'say_sell',
  SellListing: 'say_amount',
  SellOther: 'say_other_goods',
  Goods: 'say_goods',
  Listing: 'say_listing',
  NewListing: 'say_listing_new',
  Book: 'say_book',
  Sale: 'say_sale',
  CorrectSale: 'say_correct',
  Board: 'say_board',
  Statement: 'say_statement',
  Send: 'say_send',
  Gate: 'say_gate',
  Enrol: 'say_enrol',
  SignIn: 'say_sign_in',
  FirstSync: 'say_first_sync',
  StorageBroken: 'say_storage',
  Account: 'say_account',
  PasswordAgain: 'say_password',
  Help: 'say_help',
  Office: 'say_office',
  Province: 'say_office',
} as const satisfies Record<string, Own>

export type Screen = keyof typeof SCREEN_SENTENCES

interface Where {
  readiness: Readiness
  role: string | undefined
  /** A PIN stands before the book. */
  locked: boolean
  /** The address after `#/`. */
  route: readonly string[]
}

/** The screen under any sheet; null for one that this does not know. */
export function screen_of({ readiness, role, locked, route }: Where): Screen | null {
  if (route[0] === 'enrol') return 'Enrol'
  if (locked) return 'Gate'
  if (route[0] === 'help') return 'Help'
  if (readiness === 'signed_out') return 'SignIn'
  if (readiness === 'first_sync') return 'FirstSync'
  if (readiness !== 'ready') return 'StorageBroken' // Nothing else stands before the store is open.
  if (role === 'admin') return 'Province'
  const [tab = 'sell', id, step] = route
  if (tab === 'sell') return id === 'other' ? 'SellOther' : id ? 'SellListing' : 'Sell'
  if (tab === 'goods') return id === 'new' ? 'NewListing' : id ? 'Listing' : 'Goods'
  if (tab === 'book') return step ? 'CorrectSale' : id ? 'Sale' : 'Book'
  if (tab === 'board') return 'Board'
  if (tab === 'statement') return 'Statement'
  if (tab === 'send') return 'Send'
  if (tab === 'office') return 'Office'
  return null
}
