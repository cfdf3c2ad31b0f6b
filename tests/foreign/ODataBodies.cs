using System.Text;
using System.Text.Json.Nodes;
using Microsoft.OData;
using Microsoft.OData.Edm;

/// <summary>Whether a service that speaks OData takes a body for a new lead, by a model with the columns that matter here.</summary>
static class ODataBodies
{
    public static string Software => "Microsoft.OData.Core 8.4.0";

    static readonly EdmModel Model = new();
    static readonly EdmEntityType Lead = new("mscrm", "lead");
    static readonly EdmEntitySet Leads = Build();

    static EdmEntitySet Build()
    {
        Lead.AddKeys(Lead.AddStructuralProperty("leadid", EdmPrimitiveTypeKind.Guid, isNullable: false));
        foreach (var name in new[] { "subject", "firstname", "lastname", "companyname", "emailaddress1", "telephone1", "description" })
            Lead.AddStructuralProperty(name, EdmPrimitiveTypeKind.String);
        Lead.AddStructuralProperty("overriddencreatedon", EdmPrimitiveTypeKind.DateTimeOffset);
        Lead.AddStructuralProperty("leadsourcecode", EdmPrimitiveTypeKind.Int32);
        Lead.AddStructuralProperty("numberofemployees", EdmPrimitiveTypeKind.Int32);
        Lead.AddStructuralProperty("budgetamount", EdmPrimitiveTypeKind.Decimal);
        Lead.AddStructuralProperty("donotemail", EdmPrimitiveTypeKind.Boolean);
        var owner = new EdmEntityType("mscrm", "systemuser");
        owner.AddKeys(owner.AddStructuralProperty("systemuserid", EdmPrimitiveTypeKind.Guid, isNullable: false));
        Lead.AddUnidirectionalNavigation(new EdmNavigationPropertyInfo
        {
            Name = "ownerid",
            Target = owner,
            TargetMultiplicity = EdmMultiplicity.ZeroOrOne,
        });
        var container = new EdmEntityContainer("mscrm", "System");
        var leads = container.AddEntitySet("leads", Lead);
        var users = container.AddEntitySet("systemusers", owner);
        leads.AddNavigationTarget(Lead.NavigationProperties().Single(), users);
        foreach (var element in new IEdmSchemaElement[] { Lead, owner, container }) Model.AddElement(element);
        return leads;
    }

    public static JsonObject Answer(JsonObject row)
    {
        var text = row["body"]!.GetValue<string>();
        var answer = new JsonObject { ["body"] = text };
        try
        {
            var message = new Message(text);
            var settings = new ODataMessageReaderSettings { BaseUri = new Uri("https://contoso.crm4.dynamics.com/api/data/v9.2/"), Version = ODataVersion.V4 };
            using var reader = new ODataMessageReader((IODataRequestMessage)message, settings, Model);
            var resource = reader.CreateODataResourceReader(Leads, Lead);
            while (resource.Read()) { }
            answer["taken"] = true;
        }
        catch (ODataException error)
        {
            answer["refused"] = error.GetType().Name;
        }
        return answer;
    }

    sealed class Message(string text) : IODataRequestMessage
    {
        readonly Dictionary<string, string> headers = new(StringComparer.OrdinalIgnoreCase)
        {
            ["Content-Type"] = "application/json; charset=utf-8",
            ["OData-Version"] = "4.0",
        };
        public IEnumerable<KeyValuePair<string, string>> Headers => headers;
        public Uri Url { get; set; } = new("https://contoso.crm4.dynamics.com/api/data/v9.2/leads");
        public string Method { get; set; } = "POST";
        public string? GetHeader(string name) => headers.GetValueOrDefault(name);
        public void SetHeader(string name, string value) => headers[name] = value;
        public Stream GetStream() => new MemoryStream(Encoding.UTF8.GetBytes(text));
    }
}
