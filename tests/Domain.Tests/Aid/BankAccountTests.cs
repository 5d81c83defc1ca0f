using EduUnion.Domain.Aid;

namespace EduUnion.Domain.Tests.Aid;

public sealed class BankAccountTests
{
    [Theory]
    [InlineData("6222 0212 0000 1234")]
    [InlineData("6222-0212-0000-1234")]
    [InlineData("６２２２０２１２００００１２３４")]
    public void HowPeopleTypeIt_IsTheSameNumber(string typed)
    {
        var account = BankAccount.Of(" 某银行 ", "张三", typed);
        Assert.Equal("6222021200001234", account.Number);
        Assert.Equal("**** 1234", account.ToString());
        Assert.Null(account.Check("张三"));
    }

    [Theory]
    [InlineData("", "张三", "62220212", "bankName", "aid.field-missing")]
    [InlineData("某银行", "", "62220212", "accountName", "aid.field-missing")]
    [InlineData("某银行", "李四", "62220212", "accountName", "aid.account-not-own")]
    [InlineData("某银行", "张三", "", "account", "aid.field-missing")]
    [InlineData("某银行", "张三", "6222021", "account", "aid.account-malformed")]
    [InlineData("某银行", "张三", "622202120000123456789012345678901", "account", "aid.account-malformed")]
    [InlineData("某银行", "张三", "6222021A", "account", "aid.account-malformed")]
    public void WhatIsWrong_IsSaidAtItsField(string bank, string name, string number, string field, string code)
    {
        var refusal = BankAccount.Of(bank, name, number).Check("张三");
        Assert.Equal((field, code), (refusal?.Field, refusal?.Code));
    }
}
