using ControlTower.Core.Persistence.Transactions;

namespace ControlTower.Core.Tests.Persistence.Search;

public sealed class CustomerTextTests
{
    [Fact]
    public void A_customer_is_found_by_its_number_and_by_its_name_from_each_word_on() =>
        Texts("c-17", "Baltic  Foods & Co. (Riga)")
            .ShouldBe(["C-17", "BALTIC FOODS & CO. (RIGA)", "FOODS & CO. (RIGA)", "CO. (RIGA)", "RIGA)"]);

    [Theory]
    [InlineData(null)]
    [InlineData(" ")]
    [InlineData("c17")]
    public void Without_a_name_of_its_own_it_is_found_by_its_number(string? name) => Texts("C17", name).ShouldBe(["C17"]);

    [Fact]
    public void A_long_name_is_cut_between_characters()
    {
        var name = new string('A', CustomerText.Most - 1) + "😀";

        Texts("C", name).ShouldBe(["C", new string('A', CustomerText.Most - 1)]);
    }

    [Theory]
    [InlineData(" baltic   fo", "BALTIC FO")]
    [InlineData("c-1", "C-1")]
    [InlineData("  ", "")]
    public void A_search_text_is_written_as_they_are(string text, string sought) => CustomerText.From(text).ShouldBe(sought);

    [Fact]
    public void A_customer_has_one_id_on_every_node_and_another_under_another_name_or_system()
    {
        var customer = new OrderCustomer("erp", "C-17", "Baltic Foods");

        customer.Id.ShouldBe(new OrderCustomer("erp", "C-17", "Baltic Foods").Id);
        new[] { customer, customer with { Name = "Baltic Food" }, customer with { Name = null }, customer with { System = "sap" } }
            .Select(one => one.Id).ShouldBeUnique();
    }

    private static IEnumerable<string> Texts(string number, string? name) =>
        new OrderCustomer("erp", number, name).Words().Select(word => word.Text);
}
