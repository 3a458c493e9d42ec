import { expect, test } from 'vitest'
import { in_order } from '../../src/state/order.ts'

test('goods and names stand in the order of the Vietnamese alphabet', () => {
  const collator = new Intl.Collator('vi')
  const names = [
    'Mật ong bạc hà',
    'Măng khô',
    'Mận hậu',
    'Mắc khén',
    'Gà đen',
    'Gạo nếp',
    'Đậu tương',
    'Dệt lanh',
    'Dâu rừng',
    'Ớt gió',
    'Ổi',
    'Óc chó',
    'Ong đất',
    'Ư',
    'Ua',
    'chè Shan tuyết',
    'Chè dây',
    'Thảo quả',
    'Thao',
    'Thào A Sùng',
    'Giàng Thị Mỷ',
    'Ê',
    'En',
  ]
  expect(names.toSorted(in_order)).toEqual(names.toSorted(collator.compare))
})

test('the same text in another spelling of its letters stands at the same place', () => {
  expect(in_order('Mật ong'.normalize('NFD'), 'Mật ong'.normalize('NFC'))).toBe(0)
})
