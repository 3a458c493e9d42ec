import { useState } from 'preact/hooks'
import { t } from '../../messages/people.ts'
import { session } from '../../state/index.ts'
import { fetch_phones, revoke_phone, type StaffPhone } from '../../state/staff_people.ts'
import { Empty } from '../../ui/banner.tsx'
import { ButtonLink } from '../../ui/button.tsx'
import { date_time } from '../../ui/format.ts'
import { Icon } from '../../ui/icon.tsx'
import { href } from '../../ui/router.ts'
import { AskSheet } from './ask-sheet.tsx'
import { ShownKept, useFetched } from './fetched.tsx'
import { RowButton } from './row-button.tsx'
import { type Column, Table } from './table.tsx'
import { ago, phone_words } from './words.ts'

/** The phones of a co-operative or of all: who has not sent for long, and what each said of itself last. */
export function Phones({ coop }: { coop: string }) {
  const fetched = useFetched(() => fetch_phones(coop), coop)
  return (
    <>
      <p class="soft">{t('phones_why')}</p>
      <ShownKept fetched={fetched}>
        {(phones) => (
          <PhoneTable
            phones={phones}
            named
            all_coops={session.value?.user.role === 'admin'}
            onChanged={fetched.again}
          />
        )}
      </ShownKept>
    </>
  )
}

/** `named`: says whose each is. */
export function PhoneTable(props: {
  phones: readonly StaffPhone[]
  named?: boolean
  all_coops?: boolean
  onChanged: () => void
}) {
  const [revoking, set_revoking] = useState<StaffPhone | null>(null)
  if (props.phones.length === 0)
    return (
      <Empty
        icon="phone"
        action={
          props.named &&
          !props.all_coops && (
            <ButtonLink icon="key" to={href('office', 'members')}>
              {t('invite_members')}
            </ButtonLink>
          )
        }
      >
        {t('no_phones')}
      </Empty>
    )
  return (
    <>
      <Table
        label={t('phones')}
        columns={columns(props.named === true, props.all_coops === true, set_revoking)}
        rows={[...props.phones].sort((a, b) => Number(b.signed_in) - Number(a.signed_in))}
        row_key={({ id }) => id}
      />
      {revoking && (
        <AskSheet
          title={t('revoke_of', { name: revoking.account_name ?? '–' })}
          action={t('revoke')}
          icon="lock"
          work={() => revoke_phone(revoking.id)}
          onDone={() => {
            set_revoking(null)
            props.onChanged()
          }}
          onClose={() => set_revoking(null)}
        >
          <p>{t('revoke_why')}</p>
          <p class="soft">{t('revoke_also')}</p>
        </AskSheet>
      )}
    </>
  )
}

function columns(
  named: boolean,
  all_coops: boolean,
  revoke: (phone: StaffPhone) => void,
): Column<StaffPhone>[] {
  const whose: Column<StaffPhone>[] = [
    { label: t('whose'), kind: 'main', cell: ({ account_name }) => account_name ?? '–' },
  ]
  const coop: Column<StaffPhone>[] = [{ label: t('coop'), cell: ({ coop_name }) => coop_name ?? '–' }]
  return [
    ...(named ? whose : []),
    ...(all_coops ? coop : []),
    { label: t('device'), ...(named ? {} : { kind: 'main' as const }), cell: ({ id }) => phone_words(id) },
    {
      label: t('last_sync'),
      cell: ({ last_sync_at }) => (
        <span title={last_sync_at ? date_time(last_sync_at) : ''}>{ago(last_sync_at)}</span>
      ),
    },
    { label: t('unsent'), cell: ({ unsent }) => (unsent === null ? t('not_told') : unsent_words(unsent)) },
    { label: t('clock'), cell: ({ clock_error_ms }) => clock_words(clock_error_ms) },
    { label: t('version'), cell: ({ app_version }) => app_version ?? '–' },
    {
      label: t('revoke'),
      kind: 'actions',
      cell: (phone) =>
        phone.signed_in ? (
          <RowButton
            icon="lock"
            label={t('revoke_of', { name: phone.account_name ?? '–' })}
            words={t('revoke')}
            onClick={() => revoke(phone)}
          />
        ) : (
          <span class="soft">{t('signed_out')}</span>
        ),
    },
  ]
}

const unsent_words = (unsent: number) =>
  unsent === 0 ? (
    '0'
  ) : (
    <span class="line warn">
      <Icon name="phone" />
      {t('unsent_n', { n: unsent })}
    </span>
  )

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

function clock_words(error_ms: number | null) {
  if (error_ms === null) return '–'
  if (Math.abs(error_ms) < MINUTE_MS) return t('clock_right')
  const time = span(Math.abs(error_ms))
  return (
    <span class="line warn">
      <Icon name="clock" />
      {error_ms > 0 ? t('clock_ahead', { time }) : t('clock_behind', { time })}
    </span>
  )
}

const span = (ms: number): string =>
  ms < HOUR_MS
    ? t('minutes', { n: Math.round(ms / MINUTE_MS) })
    : ms < 2 * DAY_MS
      ? t('hours', { n: Math.round(ms / HOUR_MS) })
      : t('days', { n: Math.round(ms / DAY_MS) })
