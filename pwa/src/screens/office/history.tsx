import { t, t_code } from '../../messages/staff.ts'
import type { EntityName } from '../../state/index.ts'
import { type FieldFate, fetch_history, type HistoryItem } from '../../state/staff.ts'
import { Empty } from '../../ui/banner.tsx'
import { date_time } from '../../ui/format.ts'
import { ErrorLines } from '../errors.tsx'
import { Page } from '../frame.tsx'
import { Shown, useFetched } from './fetched.tsx'
import { field_words, phone_words, value_words } from './words.ts'

/** Everything that ever touched a record, oldest first: who, when on the phone, when it arrived, what became of it. */
export function History(props: { entity: string; id: string; coop: string; back: string }) {
  const { entity, id, coop, back } = props
  const fetched = useFetched(() => fetch_history(entity as EntityName, id, coop), `${entity} ${id} ${coop}`)
  return (
    <Page title={`${t('history_of')}: ${t_code('entity', entity) ?? entity}`} back={back} wide>
      <Shown fetched={fetched}>
        {(items) =>
          items.length === 0 ? (
            <Empty icon="clock">{t('history_empty')}</Empty>
          ) : (
            <ol class="timeline">
              {items.map((item) => (
                <li key={item.at} class={item.outcome}>
                  <Step item={item} />
                </li>
              ))}
            </ol>
          )
        }
      </Shown>
    </Page>
  )
}

function Step({ item }: { item: HistoryItem }) {
  const unit = item.fields.unit?.value
  return (
    <>
      <h2>
        {item.account_name ?? '–'}
        <small class="soft"> · {t('phone_named', { name: phone_words(item.replica) })}</small>
      </h2>
      <p class="soft">
        {t('history_times', {
          recorded: item.recorded_at ? date_time(item.recorded_at) : '–',
          arrived: date_time(item.arrived_at),
        })}
      </p>
      <p>
        <b class={item.outcome === 'applied' ? 'good' : item.outcome === 'rejected' ? 'bad' : 'warn'}>
          {t(`outcome_${item.outcome}`)}
        </b>
      </p>
      <ul>
        {in_order(item.fields).map(([name, fate]) => (
          <Field key={name} name={name} fate={fate} unit={typeof unit === 'string' ? unit : ''} />
        ))}
      </ul>
      {item.errors && <ErrorLines errors={item.errors} />}
    </>
  )
}

/** As a person reads a record: what it is first. References between records are for machines. */
const ORDER = [
  'product_name',
  'name',
  'quantity_milli',
  'unit',
  'unit_price_vnd',
  'price_vnd',
  'total_vnd',
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
    {fate.result !== 'current' && <span class="soft"> · {t(`result_${fate.result}`)}</span>}
  </li>
)
