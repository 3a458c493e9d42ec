import '../../../styles/reviews.css'
import { t_code as record_code } from '../../../messages/records.ts'
import { t } from '../../../messages/reviews.ts'
import { t as t_staff } from '../../../messages/staff.ts'
import type { EntityName } from '../../../state/index.ts'
import { fetch_past, type RecordPast, type Review } from '../../../state/reviews.ts'
import type { FieldFate, HistoryItem } from '../../../state/staff.ts'
import { Empty } from '../../../ui/banner.tsx'
import { date_time } from '../../../ui/format.ts'
import { Icon } from '../../../ui/icon.tsx'
import { ErrorLines } from '../../errors.tsx'
import { Page } from '../../frame.tsx'
import { ShownKept, useFetched } from '../fetched.tsx'
import { field_words, value_words } from '../record-words.ts'
import { phone_words } from '../words.ts'
import { decision_words, ICONS, title_of } from './words.ts'

/** Everything that ever touched a record, oldest first: what was written, asked and decided, by whom and when. */
export function History(props: { entity: string; id: string; coop: string; back: string }) {
  const { entity, id, coop, back } = props
  const fetched = useFetched(() => fetch_past(entity as EntityName, id, coop), `${entity} ${id} ${coop}`)
  return (
    <Page title={`${t_staff('history_of')}: ${record_code('entity', entity) ?? entity}`} back={back} wide>
      <ShownKept fetched={fetched}>
        {(past) =>
          past.items.length === 0 ? (
            <Empty icon="clock">{t_staff('history_empty')}</Empty>
          ) : (
            <ol class="timeline">
              {steps_of(past, coop).map(({ key, kind, shown }) => (
                <li key={key} class={kind}>
                  {shown}
                </li>
              ))}
            </ol>
          )
        }
      </ShownKept>
    </Page>
  )
}

/** One after the other by when the server knew of it: what came at one time was written before it was asked about. */
function steps_of({ items, reviews }: RecordPast, coop: string) {
  const written = items.map((item) => ({
    key: item.at,
    kind: item.outcome as string,
    time: item.arrived_at,
    shown: <Step item={item} is_office={item.account === coop} />,
  }))
  const asked = reviews.map((review) => ({
    key: `${review.id}?`,
    kind: 'asked',
    time: review.opened_at,
    shown: <Asked review={review} />,
  }))
  const decided = reviews
    .filter(({ closed_at }) => closed_at)
    .map((review) => ({
      key: `${review.id}!`,
      kind: 'decided',
      time: review.closed_at ?? '',
      shown: <Decided review={review} />,
    }))
  return [...written, ...asked, ...decided].sort((a, b) => Date.parse(a.time) - Date.parse(b.time))
}

const Asked = ({ review }: { review: Review }) => (
  <p class="line warn">
    <Icon name={ICONS[review.kind] ?? 'eye'} />
    <span>
      {t('asked', { what: title_of(review) })} · {date_time(review.opened_at)}
    </span>
  </p>
)

const Decided = ({ review }: { review: Review }) => (
  <p class="line good">
    <Icon name={review.resolution ? 'person' : 'check'} />
    <span>
      {t('decided', { what: title_of(review) })} · {decision_words(review)}
    </span>
  </p>
)

function Step({ item, is_office }: { item: HistoryItem; is_office: boolean }) {
  const unit = item.fields.unit?.value
  return (
    <>
      <h2>
        {is_office ? t('by_office') : (item.account_name ?? '–')}
        {!is_office && (
          <small class="soft"> · {t_staff('phone_named', { name: phone_words(item.replica) })}</small>
        )}
      </h2>
      <p class="soft">
        {t_staff('history_times', {
          recorded: item.recorded_at ? date_time(item.recorded_at) : '–',
          arrived: date_time(item.arrived_at),
        })}
      </p>
      <p>
        <b class={item.outcome === 'applied' ? 'good' : item.outcome === 'rejected' ? 'bad' : 'warn'}>
          {t_staff(`outcome_${item.outcome}`)}
        </b>
      </p>
      <ul>
        {in_order(item.fields).map(([name, fate]) => (
          <Field key={name} name={name} fate={fate} unit={typeof unit === 'string' ? unit : ''} />
        ))}
      </ul>
      {item.errors && <ErrorLines errors={item.errors} />}
      {item.note && (
        <p class="line">
          <Icon name="note" />
          <span>
            {t('note')}: {item.note}
          </span>
        </p>
      )}
    </>
  )
}

/** As a person reads a record: what it is first. References between records are for machines. */
const ORDER = [
  'product_name',
  'name',
  'title',
  'quantity_milli',
  'unit',
  'unit_price_vnd',
  'price_vnd',
  'total_vnd',
  'amount_vnd',
  'payment',
]
const place = (name: string): number => (ORDER.indexOf(name) + ORDER.length + 1) % (ORDER.length + 1)

const in_order = (fields: HistoryItem['fields']): [string, FieldFate][] =>
  Object.entries(fields)
    .filter(([name]) => !name.endsWith('_id'))
    .sort(([a], [b]) => place(a) - place(b))

const Field = ({ name, fate, unit }: { name: string; fate: FieldFate; unit: string }) => (
  <li class={fate.result === 'lost' || fate.result === 'rejected' ? 'gone' : ''}>
    {field_words(name)}: <b class="row-main">{value_words(name, fate.value, unit)}</b>
    {fate.result !== 'current' && <span class="soft"> · {t_staff(`result_${fate.result}`)}</span>}
  </li>
)
