using System.CommandLine;
using System.Text;
using EduUnion.Domain.People;
using EduUnion.Host.People;
using EduUnion.Host.Seeds;

namespace EduUnion.Host.CommandLine;

/// <summary><c>accounts create</c>: the first people of a district, above all its administrator.</summary>
internal static class AccountsCommand
{
    private const string Variable = "EDUUNION_PASSWORD";

    public static Command Create(Shell shell)
    {
        var user = new Option<string>("--user") { Description = "Name to sign in with.", Required = true };
        var name = new Option<string>("--name") { Description = "The person's name.", Required = true };
        var email = new Option<string?>("--email") { Description = "Where notices go." };
        var office = new Option<Office[]>("--office")
        {
            Description = $"Offices at the district: {string.Join(", ", DistrictAccounts.Offices)}.",
            Required = true,
            AllowMultipleArgumentsPerToken = true,
        };
        var district = new Option<string?>("--district")
        {
            Description = "The district's name; it is created when there is none yet.",
        };
        var create = new Command(
            "create",
            $"Creates a person of the district with an account. The password is asked, or taken from {Variable}."
        )
        {
            user,
            name,
            email,
            office,
            district,
        };
        create.SetAction(
            (line, cancellation) =>
                shell.InScopeAsync(
                    line,
                    async services =>
                    {
                        await services.GetRequiredService<FirstStart>().LoadReferenceAsync(cancellation);
                        var person = new DistrictPerson(
                            line.GetValue(user)!,
                            line.GetValue(name)!,
                            line.GetValue(email),
                            line.GetValue(office)!
                        );
                        var place = await services
                            .GetRequiredService<DistrictAccounts>()
                            .CreateAsync(person, line.GetValue(district), Password(), cancellation);
                        await line.InvocationConfiguration.Output.WriteLineAsync(
                            $"{person.Name} can sign in as {person.UserName} at {place}."
                        );
                        return 0;
                    }
                )
        );
        return new Command("accounts", "People who sign in.") { create };
    }

    private static string Password()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given)
            return given;
        if (Console.IsInputRedirected)
            throw new StartRefused($"There is no terminal to ask for the password; set {Variable}.");
        var (first, second) = (Ask("Password: "), Ask("Again: "));
        return first == second ? first : throw new StartRefused("The two passwords differ.");
    }

    // Nothing of it is echoed, not even its length.
    private static string Ask(string prompt)
    {
        Console.Error.Write(prompt);
        var typed = new StringBuilder();
        while (Console.ReadKey(intercept: true) is { Key: not ConsoleKey.Enter } key)
            if (key.Key == ConsoleKey.Backspace)
                typed.Length = Math.Max(0, typed.Length - 1);
            else if (!char.IsControl(key.KeyChar))
                typed.Append(key.KeyChar);
        Console.Error.WriteLine();
        return typed.ToString();
    }
}
