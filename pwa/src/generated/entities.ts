// Generated from server/entities by `python -m server.generate`: change it there.

export type Kind = 'frozen' | 'once' | 'last'

/**
 * `owner` names the field that says whose record it is (null: the co-operative's alone); `shared` ones every member of
 * the co-operative sees.
 */
export interface EntityRules {
  readonly owner: string | null
  readonly shared: boolean
  readonly fields: Readonly<Record<string, FieldRule>>
}

export interface FieldRule {
  readonly kind: Kind
  readonly required?: true
  readonly managers_only?: true
}

export type EntityName = 'sale' | 'listing' | 'stock_entry' | 'member' | 'payment' | 'season' | 'statement' | 'summary' | 'consent' | 'price' | 'notice' | 'need' | 'market'

/** What a mutation carries as `v`. */
export const DATA_VERSION = 3

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

export interface Payment {
  readonly member_id: string
  readonly kind: 'opening' | 'advance' | 'payout'
  readonly amount_vnd: number
  readonly paid_at: string
  readonly method?: 'cash' | 'transfer'
  readonly batch_id?: string
  readonly note?: string // at most 2000 characters
  readonly voided?: true
  readonly void_reason?: string // at most 200 characters
}

export interface PaymentDerived {
  readonly open_reviews?: number
  readonly review_note?: string
}

export interface Season {
  readonly name: string // at most 200 characters
  readonly starts_on: string
  readonly ends_on: string
  readonly closed?: true
}

export interface SeasonDerived {
  readonly open_reviews?: number
  readonly review_note?: string
}

export interface Statement {
  readonly season_id: string
  readonly member_id: string | null
  readonly before_vnd: number
  readonly late_vnd: number
  readonly opening_vnd: number
  readonly with_member_vnd: number
  readonly with_coop_vnd: number
  readonly on_credit_vnd: number
  readonly advances_vnd: number
  readonly payouts_vnd: number
  readonly owed_vnd: number
}

export interface StatementDerived {
  readonly open_reviews?: number
  readonly review_note?: string
}

export interface Summary {
  readonly month: string
  readonly made_at: string
  readonly members: number
  readonly sales: number
  readonly sold_vnd: number
  readonly with_coop_vnd: number
  readonly on_credit_vnd: number
  readonly paid_vnd: number
  readonly owed_vnd: number
  readonly goods: readonly { product_name: string; unit: string; quantity_milli: number; total_vnd: number; sales: number }[]
}

export interface SummaryDerived {
  readonly open_reviews?: number
  readonly review_note?: string
}

export interface Consent {
  readonly member_id: string
  readonly purpose: 'public_name' | 'photo' | 'ethnic_group'
  readonly notice: string // at most 40 characters
  readonly given_at: string
  readonly withdrawn?: true
}

export interface ConsentDerived {
  readonly open_reviews?: number
  readonly review_note?: string
}

export interface Price {
  readonly product_name: string // at most 200 characters
  readonly unit: string // at most 20 characters
  readonly place: string // at most 200 characters
  readonly source: 'sales' | 'staff'
  readonly usual_vnd: number
  readonly low_vnd: number
  readonly high_vnd: number
  readonly as_of: string
  readonly withdrawn?: boolean
}

export interface PriceDerived {
  readonly open_reviews?: number
  readonly review_note?: string
}

export interface Notice {
  readonly kind: 'policy' | 'training' | 'market' | 'other'
  readonly title: string // at most 120 characters
  readonly body: string // at most 1000 characters
  readonly starts_on?: string | null
  readonly ends_on?: string | null
  readonly told_by?: 'coop' | 'province'
  readonly withdrawn?: boolean
}

export interface NoticeDerived {
  readonly open_reviews?: number
  readonly review_note?: string
}

export interface Need {
  readonly kind: 'goods' | 'price' | 'transport' | 'capital' | 'training' | 'phone_or_app' | 'other'
  readonly text: string // at most 1000 characters
  readonly told_at: string
  readonly member_id: string
  readonly answer?: string // at most 1000 characters
  readonly answered_at?: string
  readonly withdrawn?: true
}

export interface NeedDerived {
  readonly open_reviews?: number
  readonly review_note?: string
}

export interface Market {
  readonly name: string // at most 120 characters
  readonly place?: string // at most 200 characters
  readonly rule: string
  readonly withdrawn?: boolean
}

export interface MarketDerived {
  readonly open_reviews?: number
  readonly review_note?: string
}

/** What a complete record of each entity holds. */
export interface Rows {
  sale: Sale
  listing: Listing
  stock_entry: StockEntry
  member: Member
  payment: Payment
  season: Season
  statement: Statement
  summary: Summary
  consent: Consent
  price: Price
  notice: Notice
  need: Need
  market: Market
}

export interface Derived {
  sale: SaleDerived
  listing: ListingDerived
  stock_entry: StockEntryDerived
  member: MemberDerived
  payment: PaymentDerived
  season: SeasonDerived
  statement: StatementDerived
  summary: SummaryDerived
  consent: ConsentDerived
  price: PriceDerived
  notice: NoticeDerived
  need: NeedDerived
  market: MarketDerived
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
  payment: {
    owner: 'member_id',
    shared: false,
    fields: {
      member_id: { kind: 'frozen', required: true, managers_only: true },
      kind: { kind: 'frozen', required: true, managers_only: true },
      amount_vnd: { kind: 'frozen', required: true, managers_only: true },
      paid_at: { kind: 'frozen', required: true, managers_only: true },
      method: { kind: 'frozen', managers_only: true },
      batch_id: { kind: 'frozen', managers_only: true },
      note: { kind: 'last', managers_only: true },
      voided: { kind: 'once', managers_only: true },
      void_reason: { kind: 'last', managers_only: true },
    },
  },
  season: {
    owner: null,
    shared: true,
    fields: {
      name: { kind: 'last', required: true, managers_only: true },
      starts_on: { kind: 'last', required: true, managers_only: true },
      ends_on: { kind: 'last', required: true, managers_only: true },
      closed: { kind: 'once', managers_only: true },
    },
  },
  statement: {
    owner: 'member_id',
    shared: false,
    fields: {
      season_id: { kind: 'frozen', required: true, managers_only: true },
      member_id: { kind: 'frozen', required: true, managers_only: true },
      before_vnd: { kind: 'frozen', required: true, managers_only: true },
      late_vnd: { kind: 'frozen', required: true, managers_only: true },
      opening_vnd: { kind: 'frozen', required: true, managers_only: true },
      with_member_vnd: { kind: 'frozen', required: true, managers_only: true },
      with_coop_vnd: { kind: 'frozen', required: true, managers_only: true },
      on_credit_vnd: { kind: 'frozen', required: true, managers_only: true },
      advances_vnd: { kind: 'frozen', required: true, managers_only: true },
      payouts_vnd: { kind: 'frozen', required: true, managers_only: true },
      owed_vnd: { kind: 'frozen', required: true, managers_only: true },
    },
  },
  summary: {
    owner: null,
    shared: true,
    fields: {
      month: { kind: 'last', required: true, managers_only: true },
      made_at: { kind: 'last', required: true, managers_only: true },
      members: { kind: 'last', required: true, managers_only: true },
      sales: { kind: 'last', required: true, managers_only: true },
      sold_vnd: { kind: 'last', required: true, managers_only: true },
      with_coop_vnd: { kind: 'last', required: true, managers_only: true },
      on_credit_vnd: { kind: 'last', required: true, managers_only: true },
      paid_vnd: { kind: 'last', required: true, managers_only: true },
      owed_vnd: { kind: 'last', required: true, managers_only: true },
      goods: { kind: 'last', required: true, managers_only: true },
    },
  },
  consent: {
    owner: 'member_id',
    shared: false,
    fields: {
      member_id: { kind: 'frozen', required: true },
      purpose: { kind: 'frozen', required: true },
      notice: { kind: 'frozen', required: true },
      given_at: { kind: 'frozen', required: true },
      withdrawn: { kind: 'once' },
    },
  },
  price: {
    owner: null,
    shared: true,
    fields: {
      product_name: { kind: 'frozen', required: true, managers_only: true },
      unit: { kind: 'frozen', required: true, managers_only: true },
      place: { kind: 'frozen', required: true, managers_only: true },
      source: { kind: 'frozen', required: true, managers_only: true },
      usual_vnd: { kind: 'last', required: true, managers_only: true },
      low_vnd: { kind: 'last', required: true, managers_only: true },
      high_vnd: { kind: 'last', required: true, managers_only: true },
      as_of: { kind: 'last', required: true, managers_only: true },
      withdrawn: { kind: 'last', managers_only: true },
    },
  },
  notice: {
    owner: null,
    shared: true,
    fields: {
      kind: { kind: 'last', required: true, managers_only: true },
      title: { kind: 'last', required: true, managers_only: true },
      body: { kind: 'last', required: true, managers_only: true },
      starts_on: { kind: 'last', managers_only: true },
      ends_on: { kind: 'last', managers_only: true },
      told_by: { kind: 'last', managers_only: true },
      withdrawn: { kind: 'last', managers_only: true },
    },
  },
  need: {
    owner: 'member_id',
    shared: false,
    fields: {
      kind: { kind: 'frozen', required: true },
      text: { kind: 'last', required: true },
      told_at: { kind: 'frozen', required: true },
      member_id: { kind: 'frozen', required: true },
      answer: { kind: 'last', managers_only: true },
      answered_at: { kind: 'last', managers_only: true },
      withdrawn: { kind: 'once' },
    },
  },
  market: {
    owner: null,
    shared: true,
    fields: {
      name: { kind: 'last', required: true, managers_only: true },
      place: { kind: 'last', managers_only: true },
      rule: { kind: 'last', required: true, managers_only: true },
      withdrawn: { kind: 'last', managers_only: true },
    },
  },
}
