import '../../styles/money.css'
import { useState } from 'preact/hooks'
import { t } from '../../messages/money_staff.ts'
import { t as t_staff } from '../../messages/staff.ts'
import { type AccountLine, type Accounts, fetch_accounts } from '../../state/staff_money.ts'
import { Empty } from '../../ui/banner.tsx'
import { Button, ButtonLink } from '../../ui/button.tsx'
import { finds } from '../../ui/fold.ts'
import { money } from '../../ui/format.ts'
import { Money as Amount } from '../../ui/money.tsx'
import { href } from '../../ui/router.ts'
import { owed_lines, type SumLine, Sums } from '../sums.tsx'
import { ShownKept, useFetched } from './fetched.tsx'
import { Filters, SelectField } from './filters.tsx'
import { MemberSheet } from './money-member.tsx'
import { PaySheet } from './money-pay.tsx'
import { Seasons } from './money-seasons.tsx'
import { SheetButton } from './money-sheet.tsx'
import { NoneFound } from './none-found.tsx'
import { type Column, Table } from './table.tsx'

/** What the co-operative owes its members: looked at by season, paid one by one or together. */
export default function Money() {
  const [season, set_season] = useState('')
  const accounts = useFetched(() => fetch_accounts(season), season)
  return (
    <ShownKept fetched={accounts} also={t('kept_also')}>
      {(answer, is_kept) => (
        <>
          <Totals accounts={answer} />
          <Members
            accounts={answer}
            season={season}
            onSeason={set_season}
            can_pay={!is_kept}
            onChanged={accounts.again}
          />
          <Seasons accounts={answer} onChanged={accounts.again} />
        </>
      )}
    </ShownKept>
  )
}

const Totals = ({ accounts: { totals, own } }: { accounts: Accounts }) => (
  <section class="card stack owed" aria-label={t('totals')}>
    <p>
      <span>{t('owed_all')}</span>
      <b class="big">
        <Amount vnd={totals.owed_vnd} />
      </b>
    </p>
    <Sums many lines={[...owed_lines(totals, t), ...beside({ totals, own })]} />
  </section>
)

/** What is told with it and not owed. */
const beside = ({ totals, own }: Pick<Accounts, 'totals' | 'own'>): SumLine[] =>
  (
    [
      [t('with_member'), totals.with_member_vnd],
      [t('on_credit'), totals.on_credit_vnd],
      [t('own_goods'), own.sold_vnd],
    ] as const
  ).filter(([, vnd]) => vnd !== 0)

function Members(props: {
  accounts: Accounts
  season: string
  onSeason: (season: string) => void
  can_pay: boolean
  onChanged: () => void
}) {
  const { accounts } = props
  const [query, set_query] = useState('')
  const [picked, set_picked] = useState<ReadonlySet<string>>(new Set())
  const [paying, set_paying] = useState<readonly AccountLine[] | null>(null)
  const [open, set_open] = useState<AccountLine | null>(null)
  const shown = accounts.items.filter(({ name, village }) => finds(`${name} ${village}`, query))
  const owed = shown.filter(({ owed_vnd }) => owed_vnd > 0)
  const chosen = accounts.items.filter(({ member_id }) => picked.has(member_id))
  const sum_vnd = chosen.reduce((sum, { owed_vnd }) => sum + Math.max(owed_vnd, 0), 0)
  const is_closed = accounts.season?.closed === true
  const can_pay = props.can_pay && !is_closed
  const toggle = (id: string) => {
    const next = new Set(picked)
    if (!next.delete(id)) next.add(id)
    set_picked(next)
  }
  const all = owed.length > 0 && owed.every(({ member_id }) => picked.has(member_id))
  return (
    <>
      <Filters label={t('search')} query={query} onQuery={set_query}>
        <SelectField
          label={t('season')}
          value={props.season}
          options={[
            { value: '', label: t('season_now') },
            ...accounts.seasons.map(({ id, name, closed }) => ({
              value: id,
              label: closed ? t('season_closed', { name }) : name,
            })),
          ]}
          onChange={props.onSeason}
        />
      </Filters>
      {accounts.items.length === 0 ? (
        <Empty
          icon="cash"
          action={
            <ButtonLink icon="people" to={href('office', 'members')}>
              {t_staff('add_member')}
            </ButtonLink>
          }
        >
          {t('nobody')}
        </Empty>
      ) : (
        shown.length === 0 && <NoneFound onAll={() => set_query('')} />
      )}
      {shown.length > 0 && (
        <>
          <div class="tools money-tools">
            {can_pay && (
              <Button
                onClick={() => set_picked(all ? new Set() : new Set(owed.map(({ member_id }) => member_id)))}
                disabled={owed.length === 0}
              >
                {t(all ? 'pick_none' : 'pick_all', { n: owed.length })}
              </Button>
            )}
            <SheetButton asked={props.season ? { season: props.season } : {}} label={t('sheet_owed')} />
          </div>
          <Table
            label={t('accounts')}
            rows={shown}
            row_key={({ member_id }) => member_id}
            columns={columns({ picked, toggle, can_pay, open: set_open })}
          />
        </>
      )}
      {can_pay && chosen.length > 0 && (
        <div class="money-bar">
          <Button kind="main" icon="cash" onClick={() => set_paying(chosen)}>
            {t('pay_picked', { n: chosen.length, amount: money(sum_vnd) })}
          </Button>
        </div>
      )}
      {paying && (
        <PaySheet
          people={paying}
          onClose={(paid) => {
            set_paying(null)
            if (!paid) return
            set_picked(new Set())
            props.onChanged()
          }}
        />
      )}
      {open && (
        <MemberSheet
          line={open}
          season={props.season}
          can_pay={can_pay}
          onPay={() => {
            set_paying([open])
            set_open(null)
          }}
          onClose={(changed) => {
            set_open(null)
            if (changed) props.onChanged()
          }}
        />
      )}
    </>
  )
}

function columns({
  picked,
  toggle,
  can_pay,
  open,
}: {
  picked: ReadonlySet<string>
  toggle: (id: string) => void
  can_pay: boolean
  open: (line: AccountLine) => void
}): Column<AccountLine>[] {
  const pick = ({ member_id, name, owed_vnd }: AccountLine) => (
    <label class="money-pick">
      <input
        type="checkbox"
        checked={picked.has(member_id)}
        disabled={owed_vnd <= 0}
        aria-label={t('pick_one', { name })}
        onChange={() => toggle(member_id)}
      />
    </label>
  )
  const sum = (label: string, vnd_of: (line: AccountLine) => number): Column<AccountLine> => ({
    label,
    cell: (line) => <Amount vnd={vnd_of(line)} />,
  })
  return [
    {
      label: t('member'),
      kind: 'main',
      cell: (line) => (
        <span class="money-name">
          {can_pay && pick(line)}
          <Button kind="quiet" onClick={() => open(line)}>
            {line.name || t_staff('coop_own')} <small class="soft">{line.village}</small>
          </Button>
        </span>
      ),
    },
    {
      label: t('owed'),
      kind: 'number',
      cell: ({ owed_vnd }) => (
        <b>
          <Amount vnd={owed_vnd} />
        </b>
      ),
    },
    sum(t('earlier'), ({ before_vnd, late_vnd, opening_vnd }) => before_vnd + late_vnd + opening_vnd),
    sum(t('with_coop'), ({ with_coop_vnd }) => with_coop_vnd),
    sum(t('given'), ({ advances_vnd, payouts_vnd }) => advances_vnd + payouts_vnd),
    sum(t('on_credit'), ({ on_credit_vnd }) => on_credit_vnd),
  ]
}
