import '../../styles/people.css'
import { t } from '../../messages/people.ts'
import { route } from '../../ui/router.ts'
import { Audit } from './audit.tsx'
import { Members } from './members.tsx'
import { Parts } from './parts.tsx'
import { Person } from './person.tsx'
import { Phones } from './phones.tsx'

/** The people of a co-operative: members, their phones, and what staff did. */
export default function People() {
  const [, , part = ''] = route.value
  return (
    <>
      <Parts
        base={['office', 'members']}
        parts={[
          { name: '', label: t('people') },
          { name: 'phones', label: t('phones') },
          { name: 'audit', label: t('audit') },
        ]}
        current={part}
      />
      {part === '' ? (
        <Members />
      ) : part === 'phones' ? (
        <Phones coop="" />
      ) : part === 'audit' ? (
        <Audit coop="" />
      ) : (
        <Person key={part} id={part} back={['office', 'members']} />
      )}
    </>
  )
}
