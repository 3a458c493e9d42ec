import { t, t_code } from '../../messages/reports.ts'
import type { ImportAsked, ImportLook } from '../../state/imports.ts'
import { Field } from '../../ui/field.tsx'
import { SelectField } from './filters.tsx'

const FIELDS = {
  sale: ['sold_on', 'product_name', 'quantity', 'unit', 'unit_price_vnd', 'total_vnd', 'member'].concat([
    'buyer_name',
    'payment',
    'note',
  ]),
  member: ['name', 'called', 'village'],
} as const
const NO_MEMBER = ['refuse', 'coop', 'above'] as const
const PAYMENTS = ['cash', 'transfer', 'credit'] as const
const MONEY = ['member', 'coop'] as const

interface Props {
  look: ImportLook
  asked: ImportAsked
  onChange: (asked: ImportAsked) => void
}

/** How the file is read: which sheet, what each column is, what stands where it says nothing. */
export function ImportReading({ sheets, ...props }: Props & { sheets: readonly string[] }) {
  const { asked, onChange } = props
  return (
    <>
      {sheets.length > 1 && (
        <SelectField
          label={t('sheet')}
          value={String(asked.sheet)}
          options={sheets.map((label, index) => ({ value: String(index), label }))}
          onChange={(value) => onChange({ ...asked, sheet: Number(value), fields: null })}
        />
      )}
      <Columns {...props} />
      {asked.entity === 'sale' && <Defaults {...props} />}
    </>
  )
}

function Columns({ look, asked, onChange }: Props) {
  const { columns, missing } = look
  const choose = (place: number, field: string) => {
    const fields = columns.map((column, index) =>
      index === place ? field || null : column.field === field ? null : column.field,
    )
    onChange({ ...asked, fields })
  }
  const options = [
    { value: '', label: t('not_taken') },
    ...FIELDS[asked.entity].map((value) => ({ value, label: t_code('field', value) ?? value })),
  ]
  return (
    <details class="card" open={missing.length > 0}>
      <summary>{t('columns')}</summary>
      <p class="soft">{t('columns_why')}</p>
      <ul class="import-columns">
        {columns.map(({ heading, field, unkept, samples }, place) =>
          heading || samples.length > 0 ? (
            // Columns have no other name than their place.
            <li key={`${place} ${heading}`}>
              <SelectField
                label={heading || '–'}
                value={field ?? ''}
                options={
                  unkept
                    ? [{ value: '', label: t_code('unkept', unkept) ?? '' }, ...options.slice(1)]
                    : options
                }
                onChange={(chosen) => choose(place, chosen)}
              />
              {samples.length > 0 && (
                <small>{t('samples', { samples: samples.map((text) => `“${text}”`).join(', ') })}</small>
              )}
            </li>
          ) : null,
        )}
      </ul>
    </details>
  )
}

function Defaults({ asked, onChange }: Props) {
  return (
    <fieldset class="card">
      <legend>{t('where_nothing')}</legend>
      <div class="filters">
        <SelectField
          label={t('member_default')}
          value={asked.no_member ?? 'refuse'}
          options={NO_MEMBER.map((value) => ({ value, label: t(`no_member_${value}`) }))}
          onChange={(no_member) => onChange({ ...asked, no_member })}
        />
        <SelectField
          label={t('money_default')}
          value={asked.money_with ?? 'member'}
          options={MONEY.map((value) => ({ value, label: t(`money_${value}`) }))}
          onChange={(money_with) => onChange({ ...asked, money_with })}
        />
        <SelectField
          label={t('payment_default')}
          value={asked.payment ?? 'cash'}
          options={PAYMENTS.map((value) => ({ value, label: t(`payment_${value}`) }))}
          onChange={(payment) => onChange({ ...asked, payment })}
        />
        <Field
          label={t('unit_default')}
          value={asked.unit ?? ''}
          most={20}
          onChange={(unit) => onChange({ ...asked, unit })}
        />
      </div>
    </fieldset>
  )
}
