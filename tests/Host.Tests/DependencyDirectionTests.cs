using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using EduUnion.Domain;
using EduUnion.Domain.Calendar;
using EduUnion.Host.Persistence;
using EduUnion.Workflows.Catalogue;

namespace EduUnion.Host.Tests;

/// <summary>
/// Pure rules in the middle: what a project may know, looked up in the compiled assembly. Its metadata names every type of
/// other assemblies that any line of it uses, so nothing the compiler makes of the code can hide one or seem to be one.
/// </summary>
public sealed class DependencyDirectionTests
{
    private static readonly Assembly Domain = typeof(Refusal).Assembly;
    private static readonly Assembly Workflows = typeof(StepSpec).Assembly;
    private static readonly string[] KnownToDomain = ["System"];

    // Acornima is the parser within Jint, in the signature of every prepared script.
    private static readonly string[] KnownToWorkflows = ["System", "EduUnion.Domain", "Jint", "Cronos", "Acornima"];

    [Fact]
    public void Domain_KnowsOnlyTheBaseClassLibrary() => Assert.Empty(UnknownTypes(Domain, KnownToDomain));

    [Fact]
    public void Workflows_KnowOnlyDomainAndTheExpressionLanguage() =>
        Assert.Empty(UnknownTypes(Workflows, KnownToWorkflows));

    [Fact]
    public void Canary_UnknownTypes_AreFound()
    {
        Assert.Contains("Jint.Options", UnknownTypes(Workflows, ["System", "EduUnion.Domain"]));
        Assert.Contains(typeof(WorkingCalendar).FullName, UnknownTypes(Workflows, ["System"]));
        Assert.Contains(
            "Microsoft.EntityFrameworkCore.DbContextOptions",
            UnknownTypes(typeof(EduUnionDb).Assembly, KnownToWorkflows)
        );
    }

    private static List<string> UnknownTypes(Assembly assembly, string[] known)
    {
        using var file = new PEReader(File.OpenRead(assembly.Location));
        var metadata = file.GetMetadataReader();
        return
        [
            .. from handle in metadata.TypeReferences
            let type = metadata.GetTypeReference(handle)
            // A nested type has no namespace of its own; the type around it is in the list.
            where type.ResolutionScope.Kind != HandleKind.TypeReference
            let space = metadata.GetString(type.Namespace)
            where !known.Any(k => space == k || space.StartsWith(k + ".", StringComparison.Ordinal))
            select $"{space}.{metadata.GetString(type.Name)}",
        ];
    }
}
