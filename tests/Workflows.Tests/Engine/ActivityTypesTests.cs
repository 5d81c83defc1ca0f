using EduUnion.Workflows.Definitions;
using EduUnion.Workflows.Engine.Activities;

namespace EduUnion.Workflows.Tests.Engine;

public class ActivityTypesTests
{
    [Fact]
    public void EveryTypeThatIsRead_IsExecuted() =>
        Assert.All(
            ActivityTypes.Executed,
            type =>
                Assert.NotNull(
                    Behaviour.Of(
                        new Activity
                        {
                            Id = "x",
                            Type = type,
                            Path = "",
                            DisplayText = "",
                        }
                    )
                )
        );
}
