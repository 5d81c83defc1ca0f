using CsCheck;
using EduUnion.Domain.Aid;

namespace EduUnion.Domain.Tests.Aid;

public sealed class MaskingTests
{
    [Theory]
    [InlineData("张三", "张*")]
    [InlineData("张小丽", "张**")]
    [InlineData("欧阳修", "欧阳*")]
    [InlineData("欧阳小明", "欧阳**")]
    [InlineData("司马光", "司马*")]
    [InlineData("諸葛亮", "諸葛*")]
    [InlineData("欧阳", "欧*")]
    [InlineData("王", "王*")]
    [InlineData("古丽·买买提", "古**")]
    [InlineData("阿卜杜勒•热合曼", "阿**")]
    [InlineData("John Smith", "J**")]
    [InlineData("Li", "L**")]
    [InlineData("𠮷野家", "𠮷**")]
    [InlineData("  张三 ", "张*")]
    [InlineData("", "")]
    public void Name(string name, string shown) => Assert.Equal(shown, Masking.Name(name));

    [Theory]
    [InlineData("32058119850412002X", "3****************X")]
    [InlineData("123", "***")]
    public void Identity(string number, string shown) => Assert.Equal(shown, Masking.Identity(number));

    [Theory]
    [InlineData("6222021200001234567", "**** 4567")]
    [InlineData("62220212", "**** 0212")]
    [InlineData("6222021", "****")]
    [InlineData("", "****")]
    public void Account(string number, string shown) => Assert.Equal(shown, Masking.Account(number));

    [Theory]
    [InlineData("13812345678", "****78")]
    [InlineData("110", "****")]
    public void Phone(string number, string shown) => Assert.Equal(shown, Masking.Phone(number));

    [Fact]
    public void AGivenName_IsNeverShown() =>
        Gen.String[Gen.Char['一', '龥'], 2, 6]
            .Sample(name =>
            {
                var shown = Masking.Name(name);
                return shown.EndsWith('*') && shown.TrimEnd('*').Length <= 2 && shown.TrimEnd('*').Length < name.Length;
            });
}
