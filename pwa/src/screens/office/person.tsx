import { useState } from 'preact/hooks'
import { t } from '../../messages/people.ts'
import { members, session } from '../../state/index.ts'
import { change_account, fetch_person, type StaffPerson } from '../../state/staff_people.ts'
import { Banner, Empty } from '../../ui/banner.tsx'
import { Button, ButtonLink } from '../../ui/button.tsx'
import { Facts } from '../../ui/facts.tsx'
import { href } from '../../ui/router.ts'
import { EditSheet } from '../edit-sheet.tsx'
import { AskSheet, why_not } from './ask-sheet.tsx'
import { EnrolmentSheet } from './enrolment.tsx'
import { Shown, useFetched } from './fetched.tsx'
import { PersonConsents } from './person-consents.tsx'
import { OwnData } from './person-data.tsx'
import { PhoneTable } from './phones.tsx'

/** One member as staff looks after them: the account, phones, what they agreed to, and their data. */
export function Person({ id, back }: { id: string; back: readonly string[] }) {
  const fetched = useFetched(() => fetch_person(id), id)
  return (
    <>
      <ButtonLink icon="back" to={href(...back)}>
        {t('back')}
      </ButtonLink>
      {fetched.failed && <KnownHere id={id} />}
      <Shown fetched={fetched}>
        {(person) =>
          person.erased ? (
            <Empty icon="void">{t('erased')}</Empty>
          ) : (
            <div class="profile">
              <AccountPart person={person} onChanged={fetched.again} />
              <section class="stack">
                <h2>{t('phones')}</h2>
                <PhoneTable phones={person.phones} onChanged={fetched.again} />
              </section>
              <PersonConsents person={person} onChanged={fetched.again} />
              <OwnData person={person} onErased={fetched.again} />
            </div>
          )
        }
      </Shown>
    </>
  )
}

/** What this phone knows of a member without asking: the rest is never kept on it (docs/decisions/0019). */
function KnownHere({ id }: { id: string }) {
  const member = members.value.find((known) => known.id === id)
  return (
    member && (
      <section class="stack">
        <h2>{member.name}</h2>
        <Facts facts={[[t('village'), member.village || '–']]} />
      </section>
    )
  )
}

function AccountPart({ person, onChanged }: { person: StaffPerson; onChanged: () => void }) {
  const [open, set_open] = useState<'code' | 'number' | 'status' | null>(null)
  const { account, name, id } = person
  const close = () => {
    set_open(null)
    onChanged()
  }
  const active = account?.status === 'active'
  return (
    <section class="stack">
      <h2>{name}</h2>
      <Facts
        facts={[
          [t('coop'), person.coop_name],
          [t('village'), person.village || '–'],
          ...(account
            ? ([
                [t('phone_number'), account.phone ?? '–'],
                [t('member_code'), account.member_code],
                [t('role'), t(`role_${account.role}`)],
                [t('status'), t(`status_${account.status}`)],
              ] as const)
            : []),
        ]}
      />
      {!account && <Banner icon="person">{t('no_account')}</Banner>}
      <div class="buttons">
        {(active || (!account && session.value?.user.role === 'manager')) && (
          <Button icon="key" onClick={() => set_open('code')}>
            {t('code')}
          </Button>
        )}
        {account && (
          <>
            <Button icon="pencil" onClick={() => set_open('number')}>
              {t('edit_phone_number')}
            </Button>
            <Button icon={active ? 'lock' : 'undo'} onClick={() => set_open('status')}>
              {t(active ? 'disable' : 'enable')}
            </Button>
          </>
        )}
      </div>
      {open === 'code' && (
        <EnrolmentSheet member={{ id, name, state: 'coop' }} phones={person.phones.length} onClose={close} />
      )}
      {open === 'number' && account && (
        <EditSheet
          title={t('edit_phone_number')}
          fields={[{ name: 'phone', label: t('phone_number'), value: account.phone ?? '', most: 20 }]}
          words={why_not}
          onSave={async ({ phone = '' }) => void (await change_account(id, { phone }))}
          onClose={close}
        />
      )}
      {open === 'status' && account && (
        <AskSheet
          title={active ? t('disable_of', { name }) : `${t('enable')}: ${name}`}
          action={t(active ? 'disable' : 'enable')}
          icon={active ? 'lock' : 'undo'}
          work={() => change_account(id, { status: active ? 'disabled' : 'active' })}
          onDone={close}
          onClose={() => set_open(null)}
        >
          {active && <p>{t('disable_why')}</p>}
        </AskSheet>
      )}
    </section>
  )
}
