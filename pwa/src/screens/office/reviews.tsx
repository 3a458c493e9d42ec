import type { ComponentChildren } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { t, t_code } from '../../messages/staff.ts'
import { session } from '../../state/index.ts'
import { fetch_reviews, type Review, type ReviewSide } from '../../state/staff.ts'
import { Empty } from '../../ui/banner.tsx'
import { ButtonLink } from '../../ui/button.tsx'
import { Facts } from '../../ui/facts.tsx'
import { date_time } from '../../ui/format.ts'
import { Icon, type IconName } from '../../ui/icon.tsx'
import { href } from '../../ui/router.ts'
import { ErrorLines } from '../errors.tsx'
import { Shown, useFetched } from './fetched.tsx'
import { SelectField } from './filters.tsx'
import { PageButtons, usePages } from './pages.tsx'
import { forget_records, record_words, unit_of, useRecordNow, type Values } from './record-now.ts'
import { field_words, phone_words, stamp_words, value_words } from './words.ts'

const ICONS: Record<string, IconName> = {
  conflict: 'crossing',
  oversold: 'goods',
  duplicate_sale: 'double',
  odd_amount: 'alert',
  odd_date: 'calendar',
  rejected: 'letter',
  held: 'lock',
  incomplete: 'question',
  lost_in_restore: 'disk',
}

const PAGE = 20

/** The open reviews, by kind, a page at a time. `coop_name` says whose they are where several co-operatives are seen. */
export function Reviews(props: {
  coop?: string
  pick?: ComponentChildren
  coop_name?: (id: string) => string
}) {
  const { coop, coop_name } = props
  const [kind, set_kind] = useState('')
  useEffect(() => forget_records, [])
  const pages = usePages(`${kind} ${coop}`)
  const { after } = pages
  const fetched = useFetched(
    () => fetch_reviews({ status: 'open', limit: PAGE, kind, after, coop: coop ?? '' }),
    `${kind} ${coop} ${after}`,
  )
  return (
    <>
      <div class="filters">
        {props.pick}
        <SelectField
          label={t('kind')}
          value={kind}
          options={[
            { value: '', label: t('all_kinds') },
            ...Object.keys(ICONS).map((value) => ({ value, label: t_code('kind', value) ?? value })),
          ]}
          onChange={set_kind}
        />
      </div>
      <Shown fetched={fetched}>
        {({ items, next }) =>
          items.length === 0 ? (
            <Empty icon="check">{t('no_reviews')}</Empty>
          ) : (
            <>
              <ul class="cases">
                {items.map((review) => (
                  <li key={review.id}>
                    <Case review={review} {...(coop_name ? { coop_name } : {})} />
                  </li>
                ))}
              </ul>
              <PageButtons pages={pages} next={next} />
            </>
          )
        }
      </Shown>
    </>
  )
}

/** One review: what happened, in words, and its sides beside one another. */
function Case({ review, coop_name }: { review: Review; coop_name?: (id: string) => string }) {
  const { kind, field, entity, record_id, sides } = review
  const now = useRecordNow(entity, record_id, review.coop_id)
  const words = record_words(now)
  const title = [
    t_code('kind', kind) ?? kind,
    field ? field_words(field) : entity && t_code('entity', entity),
  ]
  return (
    <article class="card stack">
      <h2 class="line">
        <Icon name={ICONS[kind] ?? 'eye'} />
        <span>{title.filter(Boolean).join(' · ')}</span>
      </h2>
      {words && <p class="case-of">{words}</p>}
      <p>{t_code('why', kind)}</p>
      <p class="soft">
        {coop_name && `${coop_name(review.coop_id)} · `}
        {t('opened', { time: date_time(review.opened_at) })}
      </p>
      <div class="sides">
        {sides.map((side, index) => (
          <Side key={`${side.at}${index}`} side={side} review={review} now={now} />
        ))}
      </div>
      {entity && record_id && (
        <ButtonLink icon="clock" to={href(...history_of(review))}>
          {t('history')}
        </ButtonLink>
      )}
    </article>
  )
}

/** Where a record's history is shown: inside the office, or for the province with the co-operative named. */
const history_of = ({ entity, record_id, coop_id }: Review): string[] =>
  session.value?.user.role === 'admin'
    ? ['history', String(entity), String(record_id), coop_id]
    : ['office', 'history', String(entity), String(record_id)]

function Side({ side, review, now }: { side: ReviewSide; review: Review; now: Values }) {
  const { field } = review
  const stands = field !== null && side.value === now[field]
  const facts: [label: string, value: string][] = []
  if (side.account_name) facts.push([t('written_by'), side.account_name])
  if (side.replica) facts.push([t('phone'), phone_words(side.replica)])
  if (side.at) facts.push([t('written_at'), stamp_words(side.at)])
  facts.push([t('arrived_at'), date_time(side.arrived_at)])
  return (
    <div class={stands ? 'side stands' : 'side'}>
      {stands && (
        <span class="line good">
          <Icon name="check" />
          {t('stands')}
        </span>
      )}
      {review.kind === 'duplicate_sale' ? (
        <SaleSide id={String(side.value)} coop={review.coop_id} />
      ) : (
        <SideValue value={side.value} field={field} unit={unit_of(now)} />
      )}
      {side.errors && <ErrorLines errors={side.errors} />}
      <Facts facts={facts} />
    </div>
  )
}

/** A side that is a sale of its own. */
const SaleSide = ({ id, coop }: { id: string; coop: string }) => (
  <b>{record_words(useRecordNow('sale', id, coop)) || '…'}</b>
)

/** A field's value large; of a whole mutation its fields, a line each. */
function SideValue({ value, field, unit }: { value: unknown; field: string | null; unit: string }) {
  if (typeof value !== 'object' || value === null)
    return <b class="big number">{value_words(field ?? '', value, unit)}</b>
  const set = value as Record<string, unknown>
  return (
    <ul>
      {Object.entries(set)
        .filter(([name]) => !name.endsWith('_id'))
        .map(([name, value]) => (
          <li key={name}>
            {field_words(name)}: <b>{value_words(name, value, unit_of(set) || unit)}</b>
          </li>
        ))}
    </ul>
  )
}
