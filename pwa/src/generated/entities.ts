// Generated from server/entities by `python -m server.generate`: change it there.

export type Kind = 'frozen' | 'once' | 'last'

/** `owner` names the field that says whose record it is; `shared` ones every member of the co-operative sees. */
export interface EntityRules {
  readonly owner: string
  readonly shared: boolean
  readonly fields: Readonly<Record<string, FieldRule>>
}

export interface FieldRule {
  readonly kind: Kind
  readonly required?: true
  readonly managers_only?: true
}

export type EntityName = 'sale' | 'listing' | 'stock_entry' | 'member'

/** What a mutation carries as `v`. */
export const DATA_VERSION = 2

export interface Sale {
  readonly product_name: string // at most 200 characters
  readonly unit: string // at most 20 characters
  readonly quantity_milli: number
  readonly unit_price_vnd: number
  readonly total_vnd: number
  readonly sold_at: string
  readonly payment: 'cash' | 'transfer' | 'credit'
  readonly listing_id?: string
  readonly replaces_id?: string
  readonly member_id: string | null
  readonly money_with: 'member' | 'coop'
  readonly buyer_name?: string // at most 200 characters
  readonly note?: string // at most 2000 characters
  readonly due_on?: string
  readonly settled?: true
  readonly voided?: true
  readonly void_reason?: string // at most 200 characters
}

export interface SaleDerived {
  readonly counts?: boolean
  readonly open_reviews?: number
  readonly review_note?: string
}

export interface Listing {
  readonly product_name: string // at most 200 characters
  readonly unit: string // at most 20 characters
  readonly price_vnd: number
  readonly member_id: string | null
  readonly description?: string // at most 2000 characters
  readonly photo?: string
  readonly status?: 'offered' | 'withdrawn'
  readonly approval?: 'approved' | 'refused'
  readonly approval_note?: string // at most 2000 characters
}

export interface ListingDerived {
  readonly left_milli?: number
  readonly open_reviews?: number
  readonly review_note?: string
}

export interface StockEntry {
  readonly listing_id: string
  readonly quantity_milli: number
  readonly kind: 'harvest' | 'purchase' | 'adjust' | 'loss'
  readonly member_id: string | null
  readonly note?: string // at most 2000 characters
  readonly voided?: true
}

export interface StockEntryDerived {
  readonly open_reviews?: number
  readonly review_note?: string
}

export interface Member {
  readonly name: string // at most 200 characters
  readonly called?: string // at most 200 characters
  readonly village?: string // at most 200 characters
  readonly language?: string // at most 35 characters
  readonly active?: boolean
}

export interface MemberDerived {
  readonly open_reviews?: number
  readonly review_note?: string
}

/** What a complete record of each entity holds. */
export interface Rows {
  sale: Sale
  listing: Listing
  stock_entry: StockEntry
  member: Member
}

export interface Derived {
  sale: SaleDerived
  listing: ListingDerived
  stock_entry: StockEntryDerived
  member: MemberDerived
}

export const ENTITIES: Readonly<Record<EntityName, EntityRules>> = {
  sale: {
    owner: 'member_id',
    shared: false,
    fields: {
      product_name: { kind: 'frozen', required: true },
      unit: { kind: 'frozen', required: true },
      quantity_milli: { kind: 'frozen', required: true },
      unit_price_vnd: { kind: 'frozen', required: true },
      total_vnd: { kind: 'frozen', required: true },
      sold_at: { kind: 'frozen', required: true },
      payment: { kind: 'frozen', required: true },
      listing_id: { kind: 'frozen' },
      replaces_id: { kind: 'frozen' },
      member_id: { kind: 'frozen', required: true },
      money_with: { kind: 'frozen', required: true },
      buyer_name: { kind: 'last' },
      note: { kind: 'last' },
      due_on: { kind: 'last' },
      settled: { kind: 'once' },
      voided: { kind: 'once' },
      void_reason: { kind: 'last' },
    },
  },
  listing: {
    owner: 'member_id',
    shared: true,
    fields: {
      product_name: { kind: 'last', required: true },
      unit: { kind: 'frozen', required: true },
      price_vnd: { kind: 'last', required: true },
      member_id: { kind: 'frozen', required: true },
      description: { kind: 'last' },
      photo: { kind: 'last' },
      status: { kind: 'last' },
      approval: { kind: 'last', managers_only: true },
      approval_note: { kind: 'last', managers_only: true },
    },
  },
  stock_entry: {
    owner: 'member_id',
    shared: false,
    fields: {
      listing_id: { kind: 'frozen', required: true },
      quantity_milli: { kind: 'frozen', required: true },
      kind: { kind: 'frozen', required: true },
      member_id: { kind: 'frozen', required: true },
      note: { kind: 'last' },
      voided: { kind: 'once' },
    },
  },
  member: {
    owner: 'id',
    shared: false,
    fields: {
      name: { kind: 'last', required: true, managers_only: true },
      called: { kind: 'last' },
      village: { kind: 'last', managers_only: true },
      language: { kind: 'last' },
      active: { kind: 'last', managers_only: true },
    },
  },
}
