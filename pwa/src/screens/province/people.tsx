import '../../styles/people.css'
import '../../styles/invite.css'
import { t } from '../../messages/people.ts'
import type { StaffCoop } from '../../state/staff.ts'
import { route } from '../../ui/router.ts'
import { Audit } from '../office/audit.tsx'
import type { Fetched } from '../office/fetched.tsx'
import { Parts } from '../office/parts.tsx'
import { Person } from '../office/person.tsx'
import { Phones } from '../office/phones.tsx'
import { Accounts } from './accounts.tsx'
import { Coops } from './coops.tsx'
import { Places } from './places.tsx'

const BASE = ['coops']

/** Co-operatives, who may sign in, their phones, the list of places, and what staff did. */
export default function People({ fetched }: { fetched: Fetched<StaffCoop[]> }) {
  const [, part = '', id = ''] = route.value
  return (
    <>
      <Parts
        base={BASE}
        parts={[
          { name: '', label: t('coops') },
          { name: 'accounts', label: t('accounts') },
          { name: 'phones', label: t('phones') },
          { name: 'places', label: t('places') },
          { name: 'audit', label: t('audit') },
        ]}
        current={part}
      />
      {part === 'accounts' && id ? (
        <Person key={id} id={id} back={[...BASE, 'accounts']} />
      ) : part === 'accounts' ? (
        <Accounts coops={fetched.value ?? []} />
      ) : part === 'phones' ? (
        <Phones coop="" />
      ) : part === 'places' ? (
        <Places />
      ) : part === 'audit' ? (
        <Audit coop="" />
      ) : (
        <Coops fetched={fetched} />
      )}
    </>
  )
}
