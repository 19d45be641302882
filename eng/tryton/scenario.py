#!/usr/bin/python3
"""From an activated database to a company with its chart of accounts, fiscal years, taxes, customers, products, stock, a carrier, and the users
"tower" (whom the connector signs in as) and "people" (who do what people do).  Run with Debian's /usr/bin/python3:  scenario.py CONF DB"""
import os
import sys
import datetime
from decimal import Decimal
conf, db = sys.argv[1], sys.argv[2]
os.environ['TRYTOND_CONFIG'] = conf
from trytond.config import config as tconfig
tconfig.update_etc(conf)
from proteus import config as pconfig, Model, Wizard
cfg = pconfig.set_trytond('postgresql:///' + db, user='admin', config_file=conf)

# The helpers in trytond.modules.*.tests.tools do the same, but importing them drags in the test runner, which wants DB_NAME.


def create_company(party, currency):
    w = Wizard('company.company.config')
    w.execute('company')
    w.form.party = party
    w.form.currency = currency
    w.execute('add')


def create_fiscalyear(company, year):
    FiscalYear, Sequence, Strict, SType = map(Model.get, (
        'account.fiscalyear', 'ir.sequence', 'ir.sequence.strict', 'ir.sequence.type'))
    f = FiscalYear(name=str(year), company=company,
        start_date=datetime.date(year, 1, 1), end_date=datetime.date(year, 12, 31))
    s = Sequence(name=str(year), company=company,
        sequence_type=SType.find([('name', '=', 'Account Move')], limit=1)[0])
    s.save()
    f.post_move_sequence = s
    i = Strict(name=str(year), company=company,
        sequence_type=SType.find([('name', '=', 'Invoice')], limit=1)[0])
    i.save()
    seq, = f.invoice_sequences
    seq.out_invoice_sequence = seq.in_invoice_sequence = i
    seq.out_credit_note_sequence = seq.in_credit_note_sequence = i
    f.save()
    f.click('create_period')


def get_accounts(company):
    Account = Model.get('account.account')
    r = {}
    for t in ('receivable', 'payable', 'revenue', 'expense'):
        r[t], = Account.find([('type.%s' % t, '=', True), ('company', '=', company.id)], limit=1)
    for k, n in (('cash', 'Main Cash'), ('tax', 'Main Tax')):
        r[k], = Account.find([('name', '=', n), ('company', '=', company.id)], limit=1)
    return r


def create_chart(company):
    data, = Model.get('ir.model.data').find([('module', '=', 'account'),
        ('fs_id', '=', 'account_template_root_en')], limit=1)
    w = Wizard('account.create_chart')
    w.execute('account')
    w.form.account_template = Model.get('account.account.template')(data.db_id)
    w.form.company = company
    w.execute('create_account')
    a = get_accounts(company)
    if a['receivable'].party_required:
        w.form.account_receivable = a['receivable']
    if a['payable'].party_required:
        w.form.account_payable = a['payable']
    w.execute('create_properties')
    return a


# pending module configuration wizards -> done (otherwise the clients pop them up)
Item = Model.get('ir.module.config_wizard.item')
for it in Item.find([('state', '!=', 'done')]):
    it.state = 'done'
    it.save()

Party = Model.get('party.party')
co = Party(name='Example Logistics GmbH')
co.save()
Currency = Model.get('currency.currency')
cur = Currency(name='Euro', symbol='€', code='EUR', numeric_code='978',
    rounding=Decimal('0.01'), digits=2)
rate = cur.rates.new()
rate.date = datetime.date(2020, 1, 1)
rate.rate = Decimal('1.0')
cur.save()
create_company(co, cur)
company, = Model.get('company.company').find([])

User = Model.get('res.user')
cfg._context = User.get_preferences(True, {})

today = datetime.date.today()
create_fiscalyear(company, today.year)
create_fiscalyear(company, today.year + 1)
acc = create_chart(company)
tax = Model.get('account.tax')(name='VAT 19%', description='VAT 19%', type='percentage',
    rate=Decimal('.19'), invoice_account=acc['tax'], credit_note_account=acc['tax'])
tax.save()
pt = Model.get('account.invoice.payment_term')(name='Net 14 days')
ptl = pt.lines.new(type='remainder')
d = ptl.relativedeltas.new()
d.days = 14
pt.save()
Journal = Model.get('account.journal')
PayMethod = Model.get('account.invoice.payment.method')
cash, = Journal.find([('type', '=', 'cash')], limit=1)
pm = PayMethod(name='Cash', journal=cash,
    credit_account=acc['cash'], debit_account=acc['cash'])
pm.save()

Category = Model.get('product.category')
cat = Category(name='Goods', accounting=True,
    account_expense=acc['expense'], account_revenue=acc['revenue'])
cat.customer_taxes.append(tax)
cat.save()
Uom = Model.get('product.uom')
unit, = Uom.find([('name', '=', 'Unit')])
kg, = Uom.find([('symbol', '=', 'kg')])
Template = Model.get('product.template')
products = []
for i in range(1, 6):
    t = Template(name='Pallet item %d' % i, default_uom=unit, type='goods',
        salable=True, list_price=Decimal(10 * i), account_category=cat)
    t.cost_price_method = 'fixed'
    t.weight = 2.5 * i
    t.weight_uom = kg
    p, = t.products
    p.suffix_code = 'SKU-%03d' % i
    p.cost_price = Decimal(5 * i)
    t.save()
    products.append(t.products[0])
t = Template(name='Freight', default_uom=unit, type='service', salable=True,
    list_price=Decimal('25'), account_category=cat)
t.products[0].suffix_code = 'FREIGHT'
t.save()
freight = t.products[0]
Carrier = Model.get('carrier')
cparty = Party(name='DHL Freight')
cparty.save()
carrier = Carrier(party=cparty, carrier_product=freight)
carrier.save()

Country = Model.get('country.country')
de = Country(name='Germany', code='DE')
de.save()
for i in range(1, 4):
    c = Party(name='Customer %d' % i)
    a, = c.addresses
    a.street, a.postal_code, a.city, a.country = 'Street %d' % i, '1011%d' % i, 'Berlin', de
    c.customer_payment_term = pt
    c.save()
Party(name='Supplier 1').save()

Location = Model.get('stock.location')
sto, = Location.find([('code', '=', 'STO')])
Inventory = Model.get('stock.inventory')
inv = Inventory(location=sto)
for n, p in enumerate(products):
    if n == 4:
        continue            # SKU-005 has no stock: assign_try must fail on it
    line = inv.lines.new(product=p)
    line.quantity = 1000.0
    line.expected_quantity = 0.0
inv.click('confirm')
assert inv.state == 'done'

box = Model.get('stock.package.type')(name='Box')
box.save()

Group = Model.get('res.group')
names = ['Sales', 'Stock', 'Account', 'Purchase', 'Party Administration']
for login in ('tower', 'people'):
    u = User(name=login.capitalize(), login=login)
    u.password = login + '-secret-1'
    u.groups.extend(Group.find([('name', 'in', names)]))
    u.companies.append(Model.get('company.company')(company.id))
    u.company = Model.get('company.company')(company.id)
    u.save()
