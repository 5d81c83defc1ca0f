using System.Reflection;
using EduUnion.Domain;
using EduUnion.Host.Persistence;
using EduUnion.Workflows.Catalogue;
using NetArchTest.Rules;

namespace EduUnion.Host.Tests;

/// <summary>Pure rules in the middle: what a project may know, looked up in the compiled types.</summary>
public sealed class DependencyDirectionTests
{
    private static readonly Assembly Domain = typeof(Refusal).Assembly;
    private static readonly Assembly Workflows = typeof(StepSpec).Assembly;
    private static readonly string[] KnownToDomain = ["System", "EduUnion.Domain"];

    // Acornima is the parser within Jint, in the signature of every prepared script.
    private static readonly string[] KnownToWorkflows = [.. KnownToDomain, "EduUnion.Workflows", "Jint", "Acornima"];

    [Fact]
    public void Domain_KnowsOnlyTheBaseClassLibrary() => Assert.Empty(TypesThatKnowMore(Domain, KnownToDomain));

    [Fact]
    public void Workflows_KnowOnlyDomainAndTheExpressionLanguage() =>
        Assert.Empty(TypesThatKnowMore(Workflows, KnownToWorkflows));

    [Fact]
    public void Canary_TypesThatKnowMore_AreFound()
    {
        Assert.Contains(typeof(StepSpec).FullName, TypesThatKnowMore(Workflows, ["System"]));
        Assert.Contains(typeof(EduUnionDb).FullName, TypesThatKnowMore(typeof(EduUnionDb).Assembly, KnownToWorkflows));
    }

    // Types in angle brackets are the compiler's own, and know themselves.
    private static IEnumerable<string> TypesThatKnowMore(Assembly assembly, string[] known) =>
        (Types.InAssembly(assembly).Should().OnlyHaveDependenciesOn(known).GetResult().FailingTypeNames ?? []).Where(
            type => !type.StartsWith('<')
        );
}
