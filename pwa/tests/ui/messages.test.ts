import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { ENTITIES } from '../../src/generated/entities.ts'
import { accounts_en } from '../../src/messages/accounts_en.ts'
import { accounts_vi } from '../../src/messages/accounts_vi.ts'
import { board_en } from '../../src/messages/board_en.ts'
import { board_staff_en } from '../../src/messages/board_staff_en.ts'
import { board_staff_vi } from '../../src/messages/board_staff_vi.ts'
import { board_vi } from '../../src/messages/board_vi.ts'
import { consent_en } from '../../src/messages/consent_en.ts'
import { consent_vi } from '../../src/messages/consent_vi.ts'
import { en } from '../../src/messages/en.ts'
import { enrol_en } from '../../src/messages/enrol_en.ts'
import { enrol_vi } from '../../src/messages/enrol_vi.ts'
import { file_en } from '../../src/messages/file_en.ts'
import { file_vi } from '../../src/messages/file_vi.ts'
import { help_en } from '../../src/messages/help_en.ts'
import { help_vi } from '../../src/messages/help_vi.ts'
import { money_en } from '../../src/messages/money_en.ts'
import { money_staff_en } from '../../src/messages/money_staff_en.ts'
import { money_staff_vi } from '../../src/messages/money_staff_vi.ts'
import { money_vi } from '../../src/messages/money_vi.ts'
import { people_en } from '../../src/messages/people_en.ts'
import { people_vi } from '../../src/messages/people_vi.ts'
import { records_en } from '../../src/messages/records_en.ts'
import { records_vi } from '../../src/messages/records_vi.ts'
import { screens_vi } from '../../src/messages/screens_vi.ts'
import { staff_en } from '../../src/messages/staff_en.ts'
import { staff_vi } from '../../src/messages/staff_vi.ts'

const names = (text: string): string[] =>
  [...new Set([...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? ''))].sort()

const CATALOGUES: Record<string, [Record<string, string>, Record<string, string>]> = {
  member: [screens_vi, en],
  help: [help_vi, help_en],
  staff: [staff_vi, staff_en],
  'shared phone': [accounts_vi, accounts_en],
  file: [file_vi, file_en],
  newcomer: [enrol_vi, enrol_en],
  consent: [consent_vi, consent_en],
  people: [people_vi, people_en],
  money: [money_vi, money_en],
  'money as staff see it': [money_staff_vi, money_staff_en],
  board: [board_vi, board_en],
  'board as staff write it': [board_staff_vi, board_staff_en],
  records: [records_vi, records_en],
}

describe.each(Object.entries(CATALOGUES))('the catalogue of the %s', (_, [vietnamese, english]) => {
  it('has every message in both languages', () => {
    expect(Object.keys(english).sort()).toEqual(Object.keys(vietnamese).sort())
    for (const text of [...Object.values(vietnamese), ...Object.values(english)]) expect(text).not.toBe('')
  })

  it('names the same values in both languages', () => {
    for (const [key, text] of Object.entries(vietnamese))
      for (const form of (english[key] ?? '').split('|'))
        expect([key, names(form)]).toEqual([key, names(text)])
  })

  it('is written in composed characters', () => {
    for (const text of Object.values(vietnamese)) expect(text).toBe(text.normalize('NFC'))
  })
})

describe('the words for records', () => {
  const words = { ...screens_vi, ...records_vi }

  it('has a name for every entity', () => {
    expect(Object.keys(words)).toEqual(
      expect.arrayContaining(Object.keys(ENTITIES).map((entity) => `entity_${entity}`)),
    )
  })

  it.each(Object.entries(ENTITIES))('has a name for every field of %s', (_, { fields }) => {
    expect(Object.keys(words)).toEqual(
      expect.arrayContaining(Object.keys(fields).map((field) => `field_${field}`)),
    )
  })

  it('has words for everything that is chosen', () => {
    const source = readFileSync(new URL('../../src/generated/entities.ts', import.meta.url), 'utf8')
    const choices = [...source.matchAll(/^ {2}readonly \w+\??: ('.*')$/gm)].flatMap(([, words = '']) =>
      [...words.matchAll(/'(\w+)'/g)].map(([, choice]) => `value_${choice}`),
    )
    expect(choices.length).toBeGreaterThan(20)
    expect(Object.keys(records_vi)).toEqual(expect.arrayContaining(choices))
  })
})
